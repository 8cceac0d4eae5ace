import pytest

from buurtdraad.lib.without_contacts import without_contacts


@pytest.mark.parametrize(
    ("wrote", "told"),
    [
        ("Bel 06-12345678.", "Bel …."),
        ("Bel 030 123 45 67 of +31 6 1234 5678", "Bel … of …"),
        ("Mail kees@example.nl, graag", "Mail …, graag"),
        ("Bel 14 030 vóór 31-12-2026 10.30 uur", "Bel 14 030 vóór 31-12-2026 10.30 uur"),
        ("Van 01-02-2026 tot 03-04-2026", "Van 01-02-2026 tot 03-04-2026"),
        ("Wensen @ de hoek kosten 1.500.000 euro", "Wensen @ de hoek kosten 1.500.000 euro"),
        ("", ""),
    ],
)
def test_what_reaches_somebody_is_left_out_of_texts_and_nothing_else(wrote, told):
    assert without_contacts(wrote) == told
