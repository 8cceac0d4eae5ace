"""Names and other short texts as one plain line, however they were typed or pasted."""

import unicodedata

# Control characters, marks that turn the direction of a line, and characters that nobody can see.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def one_plain_line(text: str) -> str:
    """The text without line ends and unseen characters, with single spaces; empty when nothing is left of it."""
    seen = ("".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))).split(" ")
    words = ("".join(letter for letter in word if unicodedata.category(letter) not in UNSEEN) for word in seen)
    return " ".join(word for word in words if word)
