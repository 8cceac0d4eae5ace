"""What the product gives to others: open data with a codebook and a catalogue, feeds, a card for other websites, a map of the site."""
