"""A file or service that does not say what it should."""

from buurtdraad.lib.refusal import Refused


class BadSource(Refused):
    """Names the file (or address), the row where there is one, and the cause. Nothing of the source was kept."""

    def __init__(self, file: object, row: int | str | None, cause: str) -> None:
        self.file, self.row, self.cause = str(file), row, cause
        place = self.file if row is None else f"{self.file}, row {row}"
        super().__init__(f"{place}: {cause}")
