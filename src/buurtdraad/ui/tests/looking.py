"""How a page looks in any window: accessible, and nothing sticks out. The one place for every test that looks at pages."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1280, 390, 320)
# Of what is right axe need not tell: that takes as long again as looking.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
FOUND = "rules => axe.run(document, rules).then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 120)}`))"


def flaws(page):
    """What axe finds on the page as it is now, and whether it is wider than the window."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return page.evaluate(FOUND, RULES) + ([f"{wider} px too wide"] if wider > 0 else [])


def flaws_at_each_width(page, widths=WIDTHS):
    """The same in a wide window and on two phones, without asking for the page again; the window stays as narrow as the last."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"at {width} px {flaw}" for flaw in flaws(page)]
    return found


def flaws_of(page, addresses, *, status=None, widths=WIDTHS):
    """The flaws of each of these pages that has any; that it has one first heading is asked too, and that it answers with a status."""
    found = {}
    for address in addresses:
        answered = page.goto(address).status
        assert status in {None, answered}, (address, answered)
        headings = page.locator("h1").count()
        wrong = flaws_at_each_width(page, widths) + ([f"{headings} first headings"] if headings != 1 else [])
        if wrong:
            found[address] = wrong
        keep_picture(page, address)
    return found


def keep_picture(page, name):
    """Keep a picture of the whole page, as wide as the window is, where `BUURTDRAAD_PICTURES` names a folder."""
    if folder := os.environ.get("BUURTDRAAD_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name.strip('/').replace('/', '-')[:60]}.png", full_page=True)
