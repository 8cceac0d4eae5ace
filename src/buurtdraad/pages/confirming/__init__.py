"""The monthly question to partners: what they agreed to and offer, behind a link without an account; and what staff see of it."""
