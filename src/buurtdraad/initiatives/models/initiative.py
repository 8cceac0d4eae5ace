"""An initiative: what residents start, with its people, what it needs, and what it answers."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.states import OPEN, SAYS_WHY, TRACK, NeedKind, OfferStage, Role, Showing, Stage
from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Questions about many initiatives."""

    def on_site(self) -> "InitiativeQuerySet":
        return self.filter(showing=Showing.SHOWN)

    def unfinished(self) -> "InitiativeQuerySet":
        return self.filter(stage__in=sorted(OPEN))


class Initiative(models.Model):
    """Residents who do something together. Private until somebody shows it, or money is granted."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True, help_text="In its address; it never changes once it stands on the site.")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True, help_text="What it is, in one or two sentences.")
    story = models.TextField(max_length=5000, blank=True, help_text="Why, with whom, how; in plain words.")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True, help_text="Where in the neighbourhood: 'de Wilgenhof'.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees (ETRS89), rounded to the street.")
    latitude = models.FloatField(null=True, blank=True)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.IDEA)
    why = models.CharField(max_length=500, blank=True, help_text="Why it does not go on.")
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.PRIVATE)
    from_on = models.DateField(null=True, blank=True, help_text="First day of what they do.")
    until_on = models.DateField(null=True, blank=True)
    result = models.TextField(max_length=3000, blank=True)
    done_on = models.DateField(null=True, blank=True)
    waiting = models.JSONField(
        default=dict, blank=True, help_text="New words of one that stands on the site, by field; they wait until somebody reads them."
    )
    question = models.CharField(max_length=500, blank=True, help_text="What who read it asks its people.")
    made_at = models.DateTimeField()
    mark = models.CharField(
        max_length=100, unique=True, null=True, blank=True, help_text="Of the form that made it: sent twice, it is one."
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="initiative_has_a_title"),
            models.CheckConstraint(condition=~Q(stage__in=sorted(SAYS_WHY)) | ~Q(why=""), name="initiative_that_stopped_says_why"),
            models.CheckConstraint(condition=~Q(stage=Stage.DONE) | Q(done_on__isnull=False), name="done_initiative_says_when"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="initiative_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True) | Q(longitude__isnull=False, latitude__isnull=False),
                name="initiative_point_is_whole",
            ),
        )
        indexes = (
            models.Index(fields=["area", "-made_at"], name="initiative_in_area"),
            models.Index(fields=["-made_at"], condition=Q(showing="shown"), name="initiative_on_site"),
            models.Index(fields=["-done_on", "-id"], condition=Q(showing="shown", stage=Stage.DONE), name="initiative_done"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"initiative:{self.uuid}"

    @property
    def step(self) -> int:
        """Which of the five steps it has reached, from 1; 0 when it left the track."""
        return TRACK.index(Stage(self.stage)) + 1 if self.stage in TRACK else 0


class Member(models.Model):
    """Somebody of an initiative, who may change it. Their name stands on the site only when they agreed."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="members")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: was erased.")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.INITIATOR)
    name = models.CharField(max_length=100, blank=True, help_text="What to call them on the site: a first name.")
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="When they said that their name may stand there.")
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ("joined_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "contact"], name="initiative_member_once"),
            models.CheckConstraint(condition=Q(agreed_at__isnull=True) | ~Q(name=""), name="member_agreed_to_a_name"),
        )

    def __str__(self) -> str:
        return f"member of {self.initiative_id}"


class Need(models.Model):
    """What it needs: hands, material, a permit, money."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=10, choices=NeedKind.choices)
    words = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, help_text="Euros, of money.")
    met_on = models.DateField(null=True, blank=True)
    on_site = models.BooleanField(default=False, help_text="Somebody read it.")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="need_says_what"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="need_amount_positive"),
        )

    def __str__(self) -> str:
        return self.words


class HelpOffer(models.Model):
    """Somebody who wants to help; seen by the people of the initiative only."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="offers")
    need = models.ForeignKey(Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: was erased.")
    name = models.CharField(max_length=100, blank=True, help_text="What to call them.")
    words = models.CharField(max_length=500, blank=True)
    stage = models.CharField(max_length=10, choices=OfferStage.choices, default=OfferStage.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("offered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["initiative", "need", "contact"], nulls_distinct=False, name="offer_once", condition=Q(contact__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"offer for {self.initiative_id}"


class InitiativeWish(models.Model):
    """A wish that it answers."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="answers_wishes")
    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["initiative", "wish"], name="initiative_wish_once"),)

    def __str__(self) -> str:
        return f"{self.initiative_id} answers {self.wish_id}"


class InitiativeTopic(models.Model):
    """A topic that it belongs to."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="in_topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["initiative", "topic"], name="initiative_topic_once"),)

    def __str__(self) -> str:
        return f"{self.initiative_id} in {self.topic_id}"


class InitiativeAgreement(models.Model):
    """An agreement that it carries out."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="does_agreements")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["initiative", "agreement"], name="initiative_agreement_once"),)

    def __str__(self) -> str:
        return f"{self.initiative_id} does {self.agreement_id}"
