"""Why a file is not taken, each in a sentence for the person who sent it."""

from django.utils.translation import gettext as _

from buurtdraad.lib.refusal import Refused

MB = 1_000_000  # bytes, as telephones count them


class FileRefused(Refused):
    """The base of every refusal of a file. Nothing of it was kept."""


class Empty(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("This file is empty. Choose another one."))


class TooLarge(FileRefused):
    def __init__(self, most: int) -> None:
        super().__init__(_("This file is too large. It may be %(most)s MB at most.") % {"most": most // MB})


class TooManyPixels(FileRefused):
    def __init__(self, most: int) -> None:
        super().__init__(_("This picture is too large. It may have %(most)s million dots at most.") % {"most": most // 1_000_000})


class NoPicture(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("We cannot read this picture. Send a JPEG, PNG, WebP or GIF."))


class NoDocument(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("We cannot take this file. Send a PDF, or a file of Word (docx), Excel (xlsx) or Writer (odt)."))


class Broken(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("This file is damaged. Save it again and send it once more."))


class Locked(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("This file has a password. Save it without one and send it again."))


class HasProgram(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("There is a program (macro) in this file. Save it without one, or as PDF, and send it again."))


class UnpacksTooLarge(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("This file becomes too large when it is opened. Save it as PDF and send it again."))


class NoSound(FileRefused):
    def __init__(self) -> None:
        super().__init__(_("This is no sound that we can play. Send a recording of your phone (m4a, mp3, ogg, webm or wav)."))


class TooLong(FileRefused):
    def __init__(self, minutes: int) -> None:
        super().__init__(_("This recording is too long. It may last %(minutes)s minutes at most.") % {"minutes": minutes})
