"""Wishes: what residents want or miss, who gave it and who wants it too, and the answer that each of them gets."""
