"""What the tests of another e-mail address share: the addresses, and asking and changing."""

import datetime

from buurtdraad.accounts.models import Person

PAGE, SENT = "/mijn/e-mailadres/", "/mijn/e-mailadres/verstuurd/"
OLD, NEW = "kees@oud.example", "kees@nieuw.example"
DAY = datetime.timedelta(days=1)


def ask(client, email=NEW):
    return client.post(PAGE, {"email": email})


def change(client, post, email=NEW):
    """Ask, open the link in the mail, and press the button."""
    ask(client, email)
    return client.post(post.link)


def address_of(person):
    return Person.objects.get(pk=person.pk).email
