"""Sending something to a service over TLS: the name of the host is checked, though it is asked at the address that was looked up."""

import datetime
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from buurtdraad.lib import outgoing
from buurtdraad.lib.outgoing import NoAnswer, send


def certificate(name, folder):
    """A certificate for a name, signed by itself, and its key, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "certificate.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """Serves at `https://localhost:PORT/` with a certificate for a name; gives that address and what host was asked for."""
    running = []

    def start(name):
        file = certificate(name, tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        outgoing._trusted.cache_clear()
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                asked.append(self.headers["Host"])
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(201)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        server.handle_error = lambda *_: None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        running.append((server, thread))
        return f"https://localhost:{server.server_address[1]}/", asked

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()
    outgoing._trusted.cache_clear()


def test_the_certificate_is_that_of_the_name_and_the_name_is_told(serve):
    url, asked = serve("localhost")
    assert send("POST", url, body={"a": 1}, headers={}, allowed=(url,), internal=True, seconds=10, largest=100).status == 201
    assert asked == [url.removeprefix("https://").rstrip("/")]


def test_a_certificate_of_another_name_is_not_trusted(serve):
    url, asked = serve("another.example.nl")
    with pytest.raises(NoAnswer, match="cannot be reached"):
        send("POST", url, body={}, headers={}, allowed=(url,), internal=True, seconds=10, largest=100)
    assert not asked
