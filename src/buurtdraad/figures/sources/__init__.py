"""Reading figures from the files and services that have them. Every source gives `FigureRow`s lazily, or raises `BadSource`."""
