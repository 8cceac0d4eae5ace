"""Buurtdraad: from a resident's wish to the euro that answered it, and back."""

__version__ = "0.1.0"
