"""A mail from the deed to the mail server: our own transaction, the real worker, real SMTP on loopback."""

import os
import socketserver
import subprocess
import sys
import threading

import pytest
from django.conf import settings as ours
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.lib.tests.waiting import PATIENCE
from buurtdraad.messages import actions
from buurtdraad.messages.models import Mail
from buurtdraad.messages.states import Kind, Stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Conversation(socketserver.StreamRequestHandler):
    """As little SMTP as a mail needs: it keeps what came, and refuses an address that begins with "nobody"."""

    def handle(self):
        self.say("220 loopback")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("RCPT TO:<NOBODY"):
                self.say("550 no such user")
            elif verb == "DATA":
                self.say("354 go on")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self.say("250 kept")
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 fine")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server(transactional_db):
    """A server whose `mails` are the texts that came. Jobs of other tests stay behind, for the queue is no model of ours."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.mails = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def work(server):
    """Let a worker do all jobs that wait, with this mail server."""
    database = connection.settings_dict
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": "only for this test, " * 3,
        "MAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}",
        "MAIL_FROM": "Gemeente Utrecht <buurt@utrecht.example>",
        "PYTHONPATH": str(ours.PACKAGE.parent),
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr


def post(to):
    return actions.send_mail(to, kind=Kind.ACCOUNT, subject="Inloggen ✓", text="Hier is uw link.", at=timezone.now())


def test_a_mail_reaches_the_server_and_one_that_was_rolled_back_does_not(mail_server):
    with transaction.atomic():
        post("kees@example.nl")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post("emine@example.nl")
        1 / 0  # noqa: B018
    refused = post("nobody@example.nl")
    work(mail_server)
    [mail] = mail_server.mails
    assert "To: kees@example.nl" in mail
    assert "From: Gemeente Utrecht <buurt@utrecht.example>" in mail
    assert "text/plain" in mail
    assert "text/html" in mail
    refused.refresh_from_db()
    assert (refused.stage, refused.problem[:3]) == (Stage.FAILED, "550")
    assert Mail.objects.filter(stage=Stage.SENT).count() == 1


def test_a_room_below_asks_for_a_mail_by_the_name_of_the_job(mail_server):
    app.configure_task("messages.post").defer(to="kees@example.nl", subject="Uw link", text="Klik hier.", html="<p class='letter'>Klik</p>")
    work(mail_server)
    [mail] = mail_server.mails
    assert "Subject: Uw link" in mail
    assert Mail.objects.get().kind == Kind.ACCOUNT
