from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What we tell people. Its label is longer than its name, because Django's own messages have the short one."""

    name = "buurtdraad.messages"
    label = "buurt_messages"
