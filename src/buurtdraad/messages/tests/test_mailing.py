import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from procrastinate.jobs import Job

from buurtdraad.messages import actions, tasks
from buurtdraad.messages.models import Mail, Message
from buurtdraad.messages.rules import MOST_ATTEMPTS
from buurtdraad.messages.states import Kind, Stage

pytestmark = pytest.mark.django_db


class Broken(EmailBackend):
    """A mail server that fails as told."""

    problem: Exception = ConnectionRefusedError("no answer")

    def send_messages(self, messages):
        raise self.problem


@pytest.fixture
def broken(settings, monkeypatch):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Broken"}}
    return lambda problem: monkeypatch.setattr(Broken, "problem", problem)


def post(to="kees@example.nl", **facts):
    usual = {"kind": Kind.ACCOUNT, "subject": "Inloggen", "text": "Hier is uw link.\n\nhttps://buurt.example.nl/x/", "at": timezone.now()}
    return actions.send_mail(to, **(usual | facts))


def test_a_mail_leaves_with_text_and_html(by_mail_server, mailoutbox):
    tasks.send(post().pk)
    [sent] = mailoutbox
    assert sent.to == ["kees@example.nl"]
    assert "Hier is uw link." in sent.body
    [html] = sent.alternatives
    assert html.mimetype == "text/html"
    assert 'href="https://buurt.example.nl/x/"' in html.content
    assert "style=" in html.content
    assert "var(--" not in html.content
    assert sent.message()["From"] == "Gemeente Utrecht <buurt@utrecht.example>"


def test_the_text_goes_when_the_mail_has_left(by_mail_server, kees, tell):
    tell(kees)
    tasks.send(Mail.objects.get().pk)
    mail = Mail.objects.get()
    assert (mail.stage, mail.text, mail.html) == (Stage.SENT, "", "")
    assert Message.objects.get().stage == Stage.SENT


def test_one_click_stops_it_in_the_mail_program(by_mail_server, mailoutbox, kees, tell):
    tell(kees)
    tasks.send(Mail.objects.get().pk)
    headers = mailoutbox[0].message()
    assert headers["List-Unsubscribe"].startswith("<https://buurt.example.nl/afmelden/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_job_that_runs_twice_sends_once(by_mail_server, mailoutbox):
    mail = post()
    tasks.send(mail.pk)
    tasks.send(mail.pk)
    tasks.send(mail.pk + 1)
    assert len(mailoutbox) == 1


def test_a_mail_that_did_not_leave_is_tried_again_ever_later(broken):
    mail = post()
    waits = []
    for attempt in range(MOST_ATTEMPTS - 1):
        with pytest.raises(tasks.StillWaiting, match="no answer") as caught:
            tasks.send(mail.pk)
        job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="messages.send", attempts=attempt)
        decision = tasks.LongerAndLonger().get_retry_decision(exception=caught.value, job=job)
        waits.append((decision.retry_at - timezone.now()).total_seconds())
    assert waits == sorted(waits)
    tasks.send(mail.pk)
    mail.refresh_from_db()
    assert (mail.stage, mail.attempts, mail.text) == (Stage.FAILED, MOST_ATTEMPTS, "")


def test_it_leaves_at_a_later_attempt(broken, settings, mailoutbox):
    mail = post()
    with pytest.raises(tasks.StillWaiting):
        tasks.send(mail.pk)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    tasks.send(mail.pk)
    assert [sent.subject for sent in mailoutbox] == ["Inloggen"]


@pytest.mark.parametrize(
    ("problem", "stage"),
    [
        (smtplib.SMTPRecipientsRefused({"kees@example.nl": (550, b"no such user")}), Stage.FAILED),
        (smtplib.SMTPRecipientsRefused({"kees@example.nl": (451, b"try later")}), Stage.WAITING),
        (smtplib.SMTPDataError(554, b"spam"), Stage.FAILED),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), Stage.WAITING),
        (TimeoutError("too long"), Stage.WAITING),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(broken, problem, stage, kees, tell):
    broken(problem)
    tell(kees)
    assert actions.deliver(Mail.objects.get().pk, at=timezone.now()).stage == stage
    assert Message.objects.get().stage == stage


def test_without_a_mail_server_mails_wait_and_say_why():
    mail = actions.deliver(post().pk, at=timezone.now())
    assert (mail.stage, mail.problem) == (Stage.WAITING, "MAIL_URL is not set")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "kees",
        "kees@example.nl\nBcc: a@b.nl",
        "kees@example.nl,a@b.nl",
        "Kees <kees@example.nl>",
        "a@b.nl\r\nSubject: x",
        "kees@exa mple.nl",
    ],
)
def test_what_is_no_address_gets_no_mail(to, jobs):
    with pytest.raises(actions.NoAddress):
        post(to)
    assert not jobs()
    assert not Mail.objects.exists()


HOSTILE = "Uw wens\r\nBcc: everybody@example.nl\r\n\r\n<script>alert(1)</script> {{ settings.SECRET_KEY }} \u202e"


def test_hostile_text_adds_no_header_and_no_markup(by_mail_server, mailoutbox, kees, tell):
    tell(kees, subject=HOSTILE, body=HOSTILE)
    tasks.send(Mail.objects.get().pk)
    [sent] = mailoutbox
    message = sent.message()
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Uw wens Bcc: everybody@example.nl <script>")
    html = sent.alternatives[0].content
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert sent.recipients() == ["kees@example.nl"]


def test_the_same_week_is_mailed_once(joris):
    from buurtdraad.messages.rules import WorkItem

    items = [WorkItem(f"Wens {n}", f"/wensen/ZO-{n}/", n) for n in range(7)]
    at = timezone.now()
    assert actions.send_week(lambda person: items, at=at) == 1
    assert actions.send_week(lambda person: items, at=at) == 0
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("joris@example.nl", "Uw week in Noordwest")
    assert mail.text.count("https://buurt.example.nl/wensen/") == 5


def test_a_week_in_which_nothing_waits_is_not_mailed(joris):
    assert actions.send_week(lambda person: [], at=timezone.now()) == 0


def test_residents_get_no_week_of_work(kees):
    assert actions.send_week(lambda person: 1 / 0, at=timezone.now()) == 0


def test_a_week_says_how_many_days_are_left(joris):
    from buurtdraad.messages.rules import WorkItem

    items = [WorkItem("Zonder dag", "/werk/"), WorkItem("Te laat", "/werk/", -2), WorkItem("Morgen", "/werk/", 1)]
    actions.send_week(lambda person: items, at=timezone.now())
    text = Mail.objects.get().text
    assert "2 dagen te laat" in text
    assert "nog 1 dag" in text


def test_a_week_goes_to_a_confirmed_address_only(joris):
    from buurtdraad.messages.rules import WorkItem

    type(joris).objects.update(confirmed_at=None)
    assert actions.send_week(lambda person: [WorkItem("Wens", "/wensen/ZO-1/")], at=timezone.now()) == 0
