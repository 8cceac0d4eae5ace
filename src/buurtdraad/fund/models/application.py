"""An application: what somebody asks of the fund for one initiative. What the initiative holds is not asked again."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.fund.models.scheme import SchemeRules
from buurtdraad.fund.states import AT_WORK, IN_HAND, Activity, Channel, CostKind, DocumentKind, IncomeKind, SentBy, Stage, Who, tone_of
from buurtdraad.initiatives.models import Initiative
from buurtdraad.lib.uploads.models import DocumentUpload
from buurtdraad.messages.models import Contact
from buurtdraad.money.models import Pot
from buurtdraad.money.models.pots import euros


class Application(models.Model):
    """One application (aanvraag). Its number is given when it is sent; `rules` stay those of that day."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, null=True, blank=True, help_text="F-2026-0012; given when it is sent.")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    rules = models.ForeignKey(SchemeRules, on_delete=models.PROTECT, related_name="+")
    pot = models.ForeignKey(
        Pot, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The ceiling that it draws on."
    )
    stage = models.CharField(max_length=15, choices=Stage.choices, default=Stage.DRAFT)
    small = models.BooleanField(default=False, help_text="A small plan: one screen, decided by the area adviser.")
    # who
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="The applicant; empty: was erased."
    )
    who = models.CharField(max_length=15, choices=Who.choices, default=Who.NEIGHBOURS)
    applicant_name = models.CharField(max_length=150, blank=True, help_text="Full name (Awb 4:2).")
    applicant_address = models.CharField(max_length=200, blank=True)
    organisation_name = models.CharField(max_length=150, blank=True)
    register_number = models.CharField(max_length=8, blank=True, help_text="Of the Chamber of Commerce.")
    adult_name = models.CharField(max_length=150, blank=True, help_text="For children: the adult who signs with them.")
    adult_phone = models.CharField(max_length=16, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    send_by = models.CharField(max_length=10, choices=SentBy.choices, default=SentBy.EMAIL, help_text="As the applicant chose (Wmebv).")
    # what
    activity = models.CharField(max_length=20, choices=Activity.choices, default=Activity.OTHER)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    visitors = models.PositiveIntegerField(null=True, blank=True)
    everybody_can_come = models.CharField(
        max_length=500, blank=True, help_text="What they do so that everybody can take part, also with a disability."
    )
    economic = models.BooleanField(default=False, help_text="Carries on a business: then de minimis is asked.")
    de_minimis = models.CharField(max_length=500, blank=True, help_text="State aid of the last three years, as declared.")
    # money; `asked` is kept equal to what the lines say when it is sent
    asked = euros(default=0)
    accepted = euros(null=True, blank=True, help_text="What who handles it accepts of the costs.")
    # how it came and who helps
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    written_by = models.UUIDField(null=True, blank=True, help_text="Public id of the staff member who filled it in for somebody.")
    read_back_at = models.DateTimeField(null=True, blank=True, help_text="When it was read back to who asked, and they agreed.")
    helper = models.UUIDField(null=True, blank=True, help_text="Public id of the one person who helps with it.")
    handler = models.UUIDField(null=True, blank=True, help_text="Public id of who handles it.")
    referred_to = models.CharField(max_length=200, blank=True)
    # when
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True, help_text="The day that counts; of paper: on which it lay in the letterbox.")
    complete_on = models.DateField(null=True, blank=True, help_text="The day on which everything was there: the order of arrival.")
    round_on = models.DateField(null=True, blank=True, help_text="Closing day of its round.")
    decide_by = models.DateField(null=True, blank=True, help_text="Last day to decide, as the clock says now; kept to sort by.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it came to its end: from then its time to be kept counts.")
    mark = models.CharField(
        max_length=100, unique=True, null=True, blank=True, help_text="Of the form that made it: sent twice, it is one."
    )

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(asked__gte=0), name="application_asked"),
            models.CheckConstraint(condition=Q(accepted__isnull=True) | Q(accepted__gte=0), name="application_accepted"),
            models.CheckConstraint(
                condition=Q(stage__in=["draft", "withdrawn"])
                | (Q(number__isnull=False) & Q(submitted_at__isnull=False) & Q(received_on__isnull=False)),
                name="sent_application_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="application_ends_after_it_begins",
            ),
        )
        indexes = (
            models.Index(fields=["decide_by", "id"], condition=Q(stage__in=sorted(IN_HAND)), name="application_worklist"),
            models.Index(fields=["stage", "-submitted_at"], name="application_by_stage"),
        )

    def __str__(self) -> str:
        return self.number or str(self.uuid)

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"application:{self.uuid}"

    @property
    def tone(self) -> str:
        return tone_of(self.stage)

    @property
    def step(self) -> str:
        """Its step in the words of those who work on it; `get_stage_display` speaks to who asked."""
        return str(AT_WORK[Stage(self.stage)])


class CostLine(models.Model):
    """One line of what it costs, and what was accepted of it; what was not has a reason."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField(max_length=15, choices=CostKind.choices, default=CostKind.OTHER)
    label = models.CharField(max_length=150)
    amount = euros()
    accepted = euros(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="cost_positive"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True)
                | Q(accepted=F("amount"))
                | (Q(accepted__gte=0, accepted__lt=F("amount")) & ~Q(reason="")),
                name="cost_not_accepted_says_why",
            ),
        )

    def __str__(self) -> str:
        return self.label


class IncomeLine(models.Model):
    """What does not come from the fund: hours, own money, goods, a partner, another fund."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="incomes")
    kind = models.CharField(max_length=15, choices=IncomeKind.choices)
    label = models.CharField(max_length=150)
    amount = euros(default=0, help_text="Euros, or what it is worth; 0 of hours.")
    hours = models.PositiveIntegerField(null=True, blank=True)
    certain = models.BooleanField(default=True, help_text="Not certain: asked elsewhere, without an answer.")

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(amount__gte=0), name="income_not_negative"),)

    def __str__(self) -> str:
        return self.label


class Payee(models.Model):
    """To which account: seen by who pays only. A card instead of an account says something about debts."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="payee")
    holder = models.CharField(max_length=70, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    card = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When somebody saw that the account is theirs.")
    checked_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(card=True) | Q(iban="") | ~Q(holder=""), name="account_has_a_holder"),)

    def __str__(self) -> str:
        return f"payee of {self.application_id}"


class ApplicationDocument(DocumentUpload):
    """A document that goes with it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    document_kind = models.CharField(max_length=15, choices=DocumentKind.choices)

    class Meta(DocumentUpload.Meta):
        abstract = False
        ordering = ("given_at", "id")


class Ease(models.Model):
    """What somebody said about applying: no person, no application, so that nobody fears the answer."""

    how = models.PositiveSmallIntegerField(help_text="1 (hard) to 5 (easy).")
    words = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    given_on = models.DateField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(how__gte=1, how__lte=5), name="ease_scale"),)

    def __str__(self) -> str:
        return f"ease {self.how}"


class Step(models.Model):
    """How a draft went through a screen of the form: for the figures of how easy it is. Goes with the draft."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=20)
    seconds = models.PositiveIntegerField(default=0, help_text="Between opening and saving, at most half an hour a time.")
    times = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["application", "name"], name="step_once"),)

    def __str__(self) -> str:
        return self.name
