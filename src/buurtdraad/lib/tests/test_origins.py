"""A website in a setting is scheme, host and port, so that it can stand in a header."""

import pytest
from environs import ValidationError

from buurtdraad.lib.origins import only_origins


def test_websites_pass():
    only_origins(["https://www.buurt.example.nl", "http://127.0.0.1:8199", "https://*.buurthuis.example"])
    only_origins([])


@pytest.mark.parametrize(
    "text", ["*", "https:", "buurt.nl", "https://a.nl/pad", "https://a.nl; script-src *", "https://a.nl b.nl", "'self'", ""]
)
def test_what_is_no_website_is_refused(text):
    with pytest.raises(ValidationError):
        only_origins(["https://a.nl", text])
