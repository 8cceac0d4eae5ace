import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as ours

ASK = """
import json
from buurtdraad import settings as s
print(json.dumps([s.MAILERS, s.DEFAULT_FROM_EMAIL, s.SITE_URL]))
"""


def read(**environment):
    """What the settings make of this environment: mailers, sender and site, or the text of the refusal."""
    bare = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MAIL_URL", "MAIL_FROM", "SITE_URL"}}
    told = subprocess.run(
        [sys.executable, "-c", ASK], env=bare | environment | {"PYTHONPATH": str(ours.PACKAGE.parent)}, capture_output=True, text=True
    )
    return json.loads(told.stdout) if told.returncode == 0 else told.stderr.strip().splitlines()[-1]


def test_a_mail_server_is_one_address():
    mailers, sender, site = read(
        MAIL_URL="smtp+tls://us%40er:p%2Fw@mail.example.nl:587", MAIL_FROM="Buurt <a@b.nl>", ALLOWED_HOSTS="buurt.example.nl", HTTPS="1"
    )
    assert mailers["default"]["OPTIONS"] == {
        "host": "mail.example.nl", "port": 587, "username": "us@er", "password": "p/w", "use_tls": True, "use_ssl": False, "timeout": 10,
    }  # fmt: skip
    assert (sender, site) == ("Buurt <a@b.nl>", "https://buurt.example.nl")


def test_without_one_nothing_can_leave():
    assert read(PORT="9000")[0] == {}
    assert read(PORT="9000")[2] == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"MAIL_URL": "imap://mail.example.nl"}, "MAIL_URL"),
        ({"MAIL_URL": "mail.example.nl"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://mail.example.nl"}, "MAIL_FROM"),
        ({"MAIL_FROM": "Buurt"}, "MAIL_FROM"),
        ({"MAIL_FROM": "a@b.nl\nBcc: c@d.nl"}, "MAIL_FROM"),
        ({"SITE_URL": "buurt.example.nl"}, "SITE_URL"),
        ({"SITE_URL": "https://buurt.example.nl/onder/"}, "SITE_URL"),
    ],
)
def test_nonsense_stops_the_start_and_names_the_setting(environment, name):
    assert name in read(**environment)
