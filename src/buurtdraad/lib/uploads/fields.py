"""Form fields for files: they say plainly what is wrong, and give what was checked instead of what was sent."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.uploads import documents, pictures, sounds
from buurtdraad.lib.uploads.models import People
from buurtdraad.lib.uploads.names import plain_name
from buurtdraad.lib.uploads.refusals import MB, FileRefused

PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n")  # how a JPEG and a PNG begin


class UploadField(forms.Field):
    """The base: a file of at most `UPLOAD_MB`, looked at by `examine`."""

    widget = forms.FileInput
    accept = ""

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"accept": self.accept}

    def clean(self, value: object) -> object:
        file = super().clean(value)
        if not file:
            return None
        if not isinstance(file, UploadedFile):
            raise forms.ValidationError(_("Choose a file."))
        try:
            return self.examine(file)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def examine(self, file: UploadedFile) -> object:
        raise NotImplementedError


class PictureField(UploadField):
    """Gives a `CleanPicture`. The list of kinds makes a telephone send JPEG instead of HEIC."""

    accept = "image/jpeg,image/png,image/webp,image/gif"

    def examine(self, file: UploadedFile) -> pictures.CleanPicture:
        from buurtdraad.lib.uploads import drawing  # noqa: PLC0415 (loads Pillow, which a page does not need)

        return drawing.clean(file, most_bytes=settings.UPLOAD_MB * MB)


class DocumentField(UploadField):
    """Gives a `CheckedDocument`, with `name` beside it: what it may be called when it is given back."""

    accept = ".pdf,.docx,.xlsx,.odt"

    def examine(self, file: UploadedFile) -> tuple[documents.CheckedDocument, str]:
        document = documents.check(file, most_bytes=settings.UPLOAD_MB * MB)
        return document, plain_name(file.name or "", kind=document.kind)


class PaperField(DocumentField):
    """The same, and a photo of a paper: it is drawn anew as a page (PDF), without the place and time of the telephone."""

    accept = f"{DocumentField.accept},image/jpeg,image/png"

    def examine(self, file: UploadedFile) -> tuple[documents.CheckedDocument, str]:
        content = pictures.read_at_most(file, settings.UPLOAD_MB * MB)
        if not content.startswith(PHOTOS):
            return super().examine(file)
        from buurtdraad.lib.uploads import drawing  # noqa: PLC0415 (loads Pillow, which a page does not need)

        return documents.CheckedDocument("pdf", drawing.as_page(content)), plain_name(file.name or "", kind="pdf")


class SoundField(UploadField):
    """Gives a `CheckedSound`. A telephone offers to record one."""

    accept = "audio/*"

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"accept": self.accept, "capture": True}

    def examine(self, file: UploadedFile) -> sounds.CheckedSound:
        return sounds.check(file, most_bytes=settings.UPLOAD_MB * MB)


class PictureForm(forms.Form):
    """Everything that is asked for a picture. `agreed_with` is needed when people can be recognised."""

    picture = PictureField(label=_("Which picture?"), help_text=_("JPEG, PNG, WebP or GIF. Where and when it was made is taken out."))
    alt = forms.CharField(
        label=_("What can be seen in it?"), max_length=200, help_text=_("One sentence, for people who cannot see the picture.")
    )
    people = forms.ChoiceField(label=_("Can people be recognised?"), choices=People.choices, widget=forms.RadioSelect)
    agreed_with = forms.CharField(
        label=_("Who asked them?"), max_length=200, required=False, help_text=_("Only if people can be recognised. For children: a parent.")
    )

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("people") == People.AGREED and not given.get("agreed_with"):
            self.add_error("agreed_with", _("Tell who asked the people in the picture."))
        return given
