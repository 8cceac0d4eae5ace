"""Files that people give: checked by content, kept under random names, and served so that no browser runs them.

`pictures` cleans pictures, `documents` and `sounds` check those, `keeping` stores all, `serving` gives them back,
`fields` are the form fields and `models` the abstract bases that a room builds its own table on.
"""
