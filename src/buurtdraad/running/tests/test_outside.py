"""What `doctor` says about mail server, cache, clocks and sign-on providers, each against a local stand-in."""

import contextlib
import datetime
import email.utils
import json
import socketserver
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from buurtdraad.accounts.signing_in import providers
from buurtdraad.lib.tests.stand_ins import service
from buurtdraad.running import outside
from buurtdraad.running.finding import FINE, NOTE, WRONG


def verdicts(found):
    return [finding.verdict for finding in found]


@contextlib.contextmanager
def server(talk):
    """A server that does `talk(connection)` with each connection."""

    class Talk(socketserver.BaseRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                talk(self.request)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


# --- mail ----------------------------------------------------------------------------------------


def post_office(said, *, password=True):
    """SMTP, as far as a greeting goes; keeps the commands in `said`."""

    def talk(connection):
        connection.sendall(b"220 here\r\n")
        for line in connection.makefile("rb"):
            said.append(line.split()[0].upper())
            answers = {
                b"EHLO": b"250-here\r\n250 AUTH PLAIN\r\n",
                b"AUTH": b"235 ok\r\n" if password else b"535 no\r\n",
                b"QUIT": b"221 bye\r\n",
            }
            connection.sendall(answers.get(said[-1], b"250 ok\r\n"))

    return talk


def mailer(settings, port, **facts):
    options = {"host": "127.0.0.1", "port": port, "username": "buurt", "password": "secret-word", "use_tls": False, "use_ssl": False}
    settings.MAILERS = {"default": {"OPTIONS": options | facts}}


def test_the_mail_server_is_greeted_and_gets_no_mail(settings):
    said = []
    with server(post_office(said)) as port:
        mailer(settings, port)
        assert verdicts(outside.mail_server()) == [FINE]
    assert b"AUTH" in said
    assert b"MAIL" not in said


def test_a_wrong_password_a_missing_server_and_missing_tls_are_told_apart(settings):
    with server(post_office([], password=False)) as port:
        mailer(settings, port)
        (finding,) = outside.mail_server()
        assert (finding.verdict, "name or password" in finding.said, "secret-word" in str(finding)) == (WRONG, True, False)
        mailer(settings, port, use_tls=True)
        assert "STARTTLS" in next(outside.mail_server()).said
    mailer(settings, port)
    assert "cannot be used" in next(outside.mail_server()).said


def test_without_a_mail_server_it_says_what_becomes_of_mail(settings):
    settings.MAILERS = {}
    assert verdicts(outside.mail_server()) == [NOTE]


# --- cache ---------------------------------------------------------------------------------------


def store(kept, *, forgets=False):
    """As much of Valkey as SET, GET and DEL."""

    def talk(connection):
        lines = connection.makefile("rb")
        while line := lines.readline():
            words = []
            for _ in range(int(line[1:])):
                lines.readline()
                words.append(lines.readline().strip())
            match words[0]:
                case b"SET" if not forgets:
                    kept[words[1]] = words[2]
                    connection.sendall(b"+OK\r\n")
                case b"GET" if words[1] in kept:
                    connection.sendall(b"$%d\r\n%s\r\n" % (len(kept[words[1]]), kept[words[1]]))
                case b"GET":
                    connection.sendall(b"$-1\r\n")
                case b"DEL":
                    kept.pop(words[1], None)
                    connection.sendall(b":1\r\n")
                case _:
                    connection.sendall(b"+OK\r\n")

    return talk


@pytest.mark.parametrize(("forgets", "verdict"), [(False, FINE), (True, WRONG)])
def test_what_one_connection_writes_another_has_to_read(settings, forgets, verdict):
    kept = {}
    with server(store(kept, forgets=forgets)) as port:
        settings.CACHE_URL = f"redis://127.0.0.1:{port}/0?protocol=2"
        assert verdicts(outside.cache()) == [verdict]
    assert kept == {}, "nothing is left behind"


def test_without_a_cache_set_nothing_is_said_and_one_that_does_not_answer_is_wrong(settings):
    settings.CACHE_URL = ""
    assert verdicts(outside.cache()) == []
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    (finding,) = outside.cache()
    assert (finding.verdict, "nothing needs it" in finding.do) == (WRONG, True)


# --- clock ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_clock_of_the_database_on_this_machine_is_ours():
    assert verdicts(outside.clock()) == [FINE]


@pytest.mark.parametrize(("seconds", "verdict"), [(0.5, FINE), (-5, NOTE), (5, NOTE), (25, WRONG), (-3600, WRONG)])
def test_two_clocks_are_compared(seconds, verdict):
    here = datetime.datetime(2026, 11, 28, 9, 0, tzinfo=datetime.UTC)
    assert outside.compared(here, here + datetime.timedelta(seconds=seconds), "x").verdict == verdict


@pytest.mark.parametrize(("hours", "verdict"), [(0, FINE), (1, WRONG)])
def test_the_clock_of_a_web_server_is_read_from_its_answer(hours, verdict):
    def answer(path, params, origin):
        return 200, {"Content-Type": "text/plain"}, b"x"

    with service(answer) as running:
        found = outside.Answer(200, {"date": email.utils.formatdate(time.time() + hours * 3600, usegmt=True)}, b"")
        assert verdicts(outside.by_date(found, "x")) == [verdict]
        assert verdicts(outside.clock_of(running.origin)) == [FINE]
    assert verdicts(outside.clock_of(running.origin)) == [NOTE]


# --- sign-on providers ---------------------------------------------------------------------------


def provider(issuer):
    facts = {"id": "medewerkers", "name": "x", "issuer": issuer, "client_id": "buurt", "secret": "s" * 30}
    return providers.parse(json.dumps([facts]))


@pytest.mark.parametrize(
    ("said", "status", "verdict"),
    [
        ({"authorization_endpoint": "x"}, 200, FINE),
        ({"authorization_endpoint": "x", "issuer": "https://other.example.nl"}, 200, WRONG),
        ({}, 200, WRONG),
        (None, 404, WRONG),
        ("<html>", 200, WRONG),
    ],
)
def test_the_metadata_of_a_provider_are_read(settings, said, status, verdict):
    def answer(path, params, origin):
        assert path == "/.well-known/openid-configuration"
        body = json.dumps({"issuer": origin.rstrip("/")} | said) if isinstance(said, dict) else str(said)
        return status, {"Content-Type": "application/json"}, body.encode()

    with service(answer) as running:
        settings.OIDC_PROVIDERS = provider(running.origin.rstrip("/"))
        assert verdicts(outside.brokers())[0] == verdict


def test_a_provider_that_cannot_be_reached_is_wrong(settings):
    settings.OIDC_PROVIDERS = provider("http://127.0.0.1:1")
    assert verdicts(outside.brokers()) == [WRONG]


@pytest.mark.parametrize(("days", "verdict"), [(60.5, FINE), (20.5, NOTE), (3.5, WRONG)])
def test_the_last_day_of_a_certificate_is_told(days, verdict):
    assert outside.last_day("x", time.time() + days * 86_400).verdict == verdict


def test_the_certificate_of_a_server_is_looked_at_and_a_strange_one_refused(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    at = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), at, at + datetime.timedelta(days=90, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    file = tmp_path / "both.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(file)

    def talk(connection):
        with contextlib.suppress(ssl.SSLError), ours.wrap_socket(connection, server_side=True) as secured:
            secured.recv(1)

    with server(talk) as port:
        known = outside.certificate("x", "localhost", port, ssl.create_default_context(cafile=str(file)))
        strange = outside.certificate("x", "localhost", port)
    assert known.verdict == FINE
    assert f"{at + datetime.timedelta(days=90, hours=1):%Y-%m-%d}" in known.said
    assert (strange.verdict, "not accepted" in strange.said) == (WRONG, True)
