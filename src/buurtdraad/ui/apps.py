from django.apps import AppConfig


class UiConfig(AppConfig):
    """The frame of the pages; its checks are found at the start."""

    name = "buurtdraad.ui"

    def ready(self) -> None:
        from buurtdraad.ui import checks  # noqa: F401, PLC0415 (registers itself)
