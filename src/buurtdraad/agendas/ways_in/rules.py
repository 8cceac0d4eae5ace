"""What holds for answer sheets, in plain Python: their numbers have a check, as those of slips have."""

from buurtdraad.messages.rules import NotASlip, as_written, new_slip_number, slip_number

__all__ = ["NotASheet", "new_sheet_number", "sheet_mark", "sheet_number", "sheet_of"]

MARK = "sheet:"


class NotASheet(ValueError):  # noqa: N818
    """No sheet can have this number."""


def new_sheet_number() -> str:
    """The number of a sheet as it is printed: ABCD-EFGH. Nothing is kept of it: a number is used up by entering its sheet."""
    return as_written(new_slip_number())


def sheet_number(typed: str) -> str:
    """The number that somebody typed over, without a dash. One wrong or swapped character is seen. Raises `NotASheet`."""
    try:
        return slip_number(typed)
    except NotASlip:
        raise NotASheet(typed[:40]) from None


def sheet_mark(number: str) -> str:
    """The mark of the wish on this sheet: entered twice it would be the same."""
    return f"{MARK}{number}"


def sheet_of(mark: str | None) -> str:
    """The number of the sheet that a wish stood on, as it is printed; empty when it came in another way."""
    return as_written(mark.removeprefix(MARK)) if mark and mark.startswith(MARK) else ""
