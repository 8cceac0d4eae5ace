"""While a file comes in: no more of it is kept than the limit and a little, however much is sent."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from buurtdraad.lib.uploads.refusals import MB

MOST_FILES_FULL = 5  # a request larger than so many files of the largest size is not read


class CutOff(FileUploadHandler):
    """The first upload handler: lets through as much as is needed to see that a file is too large."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:  # noqa: N803 (Django's name)
        if content_length > MOST_FILES_FULL * settings.UPLOAD_MB * MB:
            raise RequestDataTooBig("more files than a form of ours asks for")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_MB * MB else None

    def file_complete(self, file_size: int) -> None:
        return None
