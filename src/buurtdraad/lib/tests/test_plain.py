import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.lib.plain import one_plain_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jan   Jansen ", "Jan Jansen"),
        ("Jan\r\nBcc: evil@example.nl", "Jan Bcc: evil@example.nl"),
        ("\u202ez.y@x :ccB", "z.y@x :ccB"),
        ("\u200b", ""),
        ("Zoë\u00a0de\tGroot", "Zoë de Groot"),
        ("مريم", "مريم"),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(typed, kept):
    assert one_plain_line(typed) == kept


@given(st.text())
def test_a_plain_line_stays_as_it_is(text):
    once = one_plain_line(text)
    assert one_plain_line(once) == once
    assert once.isprintable()
