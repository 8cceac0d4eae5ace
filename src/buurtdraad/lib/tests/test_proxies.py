import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.lib.proxies import BehindProxies


def seen(proxies, *, address="10.0.0.1", scheme="http", **claims):
    """Address, scheme and remaining claims as the application sees them."""
    environ = {"REMOTE_ADDR": address, "wsgi.url_scheme": scheme} | {f"HTTP_{name.upper()}": value for name, value in claims.items()}
    BehindProxies(lambda environ, start_response: [], proxies)(environ, None)
    return environ.pop("REMOTE_ADDR"), environ.pop("wsgi.url_scheme"), environ


def test_a_listed_proxy_is_believed():
    assert seen(["10.0.0.0/8"], x_forwarded_for="192.0.2.7", x_forwarded_proto="https") == ("192.0.2.7", "https", {})


def test_anybody_else_is_not():
    claims = {"x_forwarded_for": "192.0.2.7", "x_forwarded_proto": "https", "x_forwarded_host": "evil.example"}
    assert seen(["10.0.0.2"], **claims) == ("10.0.0.1", "http", {})
    assert seen([], **claims) == ("10.0.0.1", "http", {})


@pytest.mark.parametrize(
    ("forwarded_for", "address"),
    [
        ("1.1.1.1, 192.0.2.7", "192.0.2.7"),
        ("1.1.1.1, 192.0.2.7, 10.0.0.9, 10.0.0.3", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("192.0.2.7, nonsense", "10.0.0.1"),
        ("10.0.0.5", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_the_last_address_that_is_no_proxy_counts(forwarded_for, address):
    assert seen(["10.0.0.0/8"], x_forwarded_for=forwarded_for)[0] == address


@pytest.mark.parametrize(("said", "scheme"), [("http, https", "https"), ("https, http", "http"), ("javascript", "http"), ("", "http")])
def test_the_last_scheme_counts(said, scheme):
    assert seen(["10.0.0.1"], x_forwarded_proto=said)[1] == scheme


def test_a_proxy_that_is_no_address_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        BehindProxies(None, ["proxy.example"])


@given(st.text(), st.text())
def test_no_claim_makes_a_visitor_a_proxy(forwarded_for, scheme):
    address, said, claims = seen(["10.0.0.0/8"], x_forwarded_for=forwarded_for, x_forwarded_proto=scheme)
    assert address == "10.0.0.1" or not address.startswith("10.")
    assert said in {"http", "https"}
    assert claims == {}
