"""What signing in leaves behind: sessions, links in mail, identities at a provider, and a line for each time."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q


class Session(AbstractBaseSession):
    """A session that knows whose it is, so that a person can see and end their own. Filled in by the session store."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    device = models.CharField(max_length=60, blank=True, help_text="Rough words, such as: Firefox, Windows. No address, no version.")
    began_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name, verbose_name_plural = "session", "sessions"

    @classmethod
    def get_session_store_class(cls) -> type:
        from buurtdraad.accounts.signing_in.sessions import SessionStore  # noqa: PLC0415 (the store knows this model)

        return SessionStore


class Purpose(models.TextChoices):
    """What a link in a mail is for; it works for nothing else."""

    SIGN_IN = "sign_in"
    CONFIRM_ADDRESS = "confirm_address"
    GO_ON = "go_on"
    CONFIRM_WISH = "confirm_wish"
    CONFIRM_SIGN_UP = "confirm_sign_up"
    ACCEPT_AGREEMENT = "accept_agreement"
    JOIN_AGENDA = "join_agenda"
    CONFIRM_PARTNER = "confirm_partner"
    HOST_SHIFTS = "host_shifts"
    AGREE_PLACEMENT = "agree_placement"
    GO_ON_INITIATIVE = "go_on_initiative"
    JOIN_INITIATIVE = "join_initiative"
    CONFIRM_OPINION = "confirm_opinion"
    OFFER_HELP = "offer_help"
    VOTING_CODE = "voting_code"
    PROPOSE_PLAN = "propose_plan"
    LIKE_PLAN = "like_plan"
    AGREE_CHANGE = "agree_change"
    CONFIRM_WORKS = "confirm_works"


class Link(models.Model):
    """A link in a mail: for one purpose, once, and for a short time. Of its secrets only a hash is kept."""

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    subject = models.CharField(max_length=254, help_text="Whom or what it is about: an e-mail address, or `kind:id`.")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, help_text="Of the code in the same mail, typed where the mail was asked for.")
    code_tries = models.PositiveSmallIntegerField(default=0)
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["valid_until"]),)
        constraints = (models.CheckConstraint(condition=Q(valid_until__gt=F("made_at")), name="link_is_valid_for_a_while"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d %H:%M}"


class Identity(models.Model):
    """Who a person is at an OpenID Connect provider. Never a citizen service number."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    provider = models.CharField(max_length=40)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["provider", "subject"], name="identity_of_one_person"),)

    def __str__(self) -> str:
        return f"{self.provider} of {self.person_id}"


class Method(models.TextChoices):
    LINK = "link"
    CODE = "code"
    PASSKEY = "passkey"
    PASSWORD = "password"  # noqa: S105 (the name of a way)
    OPENID = "openid"


class SignIn(models.Model):
    """One time that somebody signed in: how, and how sure we may be of who it was. No address, no device."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    method = models.CharField(max_length=10, choices=Method.choices)
    provider = models.CharField(max_length=40, blank=True)
    assurance = models.CharField(max_length=200, blank=True, help_text="Level of assurance, in the provider's words.")
    strong = models.BooleanField(default=False, help_text="A second factor was part of it.")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["person", "-at"]),)
        constraints = (
            models.CheckConstraint(
                condition=(Q(method=Method.OPENID) & ~Q(provider="")) | (~Q(method=Method.OPENID) & Q(provider="")),
                name="sign_in_names_its_provider",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d %H:%M} {self.method}"
