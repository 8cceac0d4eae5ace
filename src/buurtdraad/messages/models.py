"""Who hears from us and how, what there is to tell, and the mails that carry it."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.accounts.models import Person
from buurtdraad.messages.states import Kind, Rhythm, Stage, Way
from buurtdraad.places.models import Area

# The codes of LANGUAGES; written out, so that a migration does not hang on a setting.
LANGUAGES = (("nl", "Nederlands"), ("nl-x-simpel", "Makkelijk Nederlands"), ("en", "English"))


class Contact(models.Model):
    """Somebody whom we tell things: a person, or somebody without an account of whom we know only what they want told."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=150, blank=True, help_text="What to call somebody who has no account.")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.NONE)
    language = models.CharField(max_length=20, choices=LANGUAGES, default="nl")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(way=Way.EMAIL) | Q(person__isnull=False), name="mail_goes_to_a_person"),)

    def __str__(self) -> str:
        return f"contact {self.uuid}"


class PhoneNumber(models.Model):
    """The number of somebody who wants to be called: kept apart, seen by the caller only, destroyed after the call."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="phone")
    number = models.CharField(max_length=16)
    given_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often nobody answered.")
    tried_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True, help_text="For the next caller, such as 'after six o'clock'.")

    def __str__(self) -> str:
        return f"phone of {self.contact_id}"


class Preference(models.Model):
    """How often somebody hears about a subject in an area; without an area: everywhere else."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="preferences")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["contact", "area", "kind"], nulls_distinct=False, name="preference_once"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.rhythm}"


class Mail(models.Model):
    """One e-mail on its way. The text goes when it has left or failed; the demo keeps it for its outbox."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="mails")
    to = models.EmailField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    stop_url = models.URLField(max_length=500, blank=True, help_text="Where one click stops mails of this kind.")
    once = models.CharField(max_length=100, unique=True, null=True, help_text="Of mails with the same words here one is made.")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, help_text="What the mail server said last.")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When it was sent or given up.")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"mail {self.uuid}"


class Message(models.Model):
    """One thing to tell: to a contact, or (without one) to everybody who reads the board of an area."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=200, help_text="How it stands, in one line without a name: a slip shows it too.")
    body = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    thing = models.CharField(max_length=80, blank=True, help_text="What it is about, as `kind:id`.")
    board = models.CharField(max_length=300, blank=True, help_text="A sentence for the board in the community centre; names nobody.")
    way = models.CharField(max_length=10, choices=Way.choices)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, related_name="messages")
    by = models.UUIDField(null=True, help_text="Public id of who did what this tells of.")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When it was sent, called or given up.")

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(contact__isnull=False) | Q(stage=Stage.KEPT), name="message_to_nobody_is_kept"),
            models.CheckConstraint(condition=Q(board="") | Q(area__isnull=False), name="board_hangs_in_an_area"),
        )
        indexes = (
            models.Index(fields=["stage", "way", "rhythm"]),
            models.Index(fields=["contact", "thing"]),
            models.Index(fields=["area", "made_at"], condition=~Q(board=""), name="message_on_a_board"),
        )

    def __str__(self) -> str:
        return f"message {self.uuid}"


class Slip(models.Model):
    """A short number on paper, for somebody without e-mail, to look up how one thing stands."""

    number = models.CharField(max_length=8, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="slips")
    thing = models.CharField(max_length=80)
    given_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contact", "thing"], name="slip_once_for_a_thing"),)

    def __str__(self) -> str:
        return f"slip for {self.thing}"
