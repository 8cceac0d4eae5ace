import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.lib.page_cache.negotiating import CODINGS, coding_for


@pytest.mark.parametrize(
    ("said", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("br; q=0.0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("*;q=0, gzip", "gzip"),
        ("br;q=0, *;q=0.5", "gzip"),
        ("identity;q=1, br;q=0.5", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("identity;q=0, br;q=0.1", "br"),
        ("br;q=nan, gzip;q=inf", "identity"),
        ("br;q=, gzip", "gzip"),
        (";;,,=;q", "identity"),
        ("zstd", "identity"),
        ("br," * 100, "identity"),
    ],
)
def test_the_coding_follows_the_weights(said, coding):
    assert coding_for(said) == coding


weights = st.sampled_from(["", ";q=0", ";q=0.000", ";q=0.5", "; q=1.0", ";q=7", ";level=1"])
names = st.sampled_from(["br", "gzip", "deflate", "identity", "*", "zstd"])


@given(st.lists(st.tuples(names, weights), unique_by=lambda pair: pair[0]), st.text(max_size=5))
def test_a_coding_that_is_refused_is_never_used(wishes, noise):
    refused = {name for name, weight in wishes if weight.startswith(";q=0") and weight != ";q=0.5"}
    coding = coding_for(",".join(f"{name}{weight}" for name, weight in wishes))
    assert coding == "identity" or coding not in refused
    assert coding_for(noise) in CODINGS
