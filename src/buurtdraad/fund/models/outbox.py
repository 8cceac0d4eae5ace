"""What has to be brought to the case system: a row from the moment of sending, so that nothing is lost when that system is away."""

from django.db import models
from django.db.models import Q

from buurtdraad.fund.models.application import Application
from buurtdraad.fund.outbox.states import Problem, Stage


class CaseMessage(models.Model):
    """That a request was sent, for the case system. It holds no facts: those are read when it is brought."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="+")
    identification = models.CharField(max_length=40, unique=True, help_text="Of the case there; we find it back by this.")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(help_text="Not before this moment.")
    problem = models.CharField(max_length=10, choices=Problem.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True, help_text="What it said, without facts of a person.")
    case_url = models.URLField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    there_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(stage=Stage.THERE) | (~Q(case_url="") & Q(there_at__isnull=False)), name="case_that_is_there_has_an_address"
            ),
            models.CheckConstraint(condition=~Q(stage=Stage.FAILED) | ~Q(problem=""), name="failed_case_says_why"),
        )
        indexes = (models.Index(fields=["next_at"], condition=Q(stage=Stage.WAITING), name="case_to_bring"),)

    def __str__(self) -> str:
        return self.identification

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"case:{self.identification}"
