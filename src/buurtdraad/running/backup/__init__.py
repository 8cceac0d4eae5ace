"""Back-up and restore: one file with the database, the uploads and a list of what both have to be."""


class BackupRefused(Exception):  # noqa: N818 (said to the person at the terminal; nothing was changed)
    """Why no back-up is made or restored. Whatever was there before is there still."""
