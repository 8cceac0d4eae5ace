"""Reading first what people send besides wishes: reactions and pictures."""
