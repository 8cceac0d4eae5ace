"""Somebody with a browser: what they do, and what they must never meet."""

import re

from playwright.sync_api import expect

LANGUAGES = {"nl": "", "nl-x-simpel": "/nl-x-simpel", "en": "/en"}
PATIENCE = 600_000  # ms: the demo is made anew in some fifteen seconds, on a busy machine in minutes
# A page that is not there says so with 404, and Chromium writes that down.
# And htmx tells of a request that was cut off because somebody went on.
NOT_THERE = re.compile(r"status of (404|403|422)|^htmx:(afterRequest|sendError|sendAbort)\b")

# So does Chromium of a request that did not arrive, or whose answer did not.
LOST = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|FAILED)")


class Visitors:
    """The visitors of one test, and everything wrong that they met: errors, refusals, requests to another host."""

    def __init__(self, window, product):
        self.window, self.product = window, product
        self.contexts = []
        self.met = []

    def visit(self, path, *, width=1280, javascript=True, language="nl", place=None, bad_connection=False, **options):
        """A visitor of their own, on this page, without anything of another visitor. With a bad connection requests may get lost."""
        if place:
            options |= {"geolocation": dict(zip(("latitude", "longitude"), place, strict=True)), "permissions": ["geolocation"]}
        context = self.window.new_context(
            base_url=self.product, viewport={"width": width, "height": 800}, java_script_enabled=javascript, **options
        )
        context.set_default_timeout(60_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: None if bad_connection and LOST.search(message.text) else self.heard(message))
        page.on("pageerror", lambda error: self.met.append(f"error: {error}"))
        page.on("request", self.asked)
        page.goto(LANGUAGES[language] + path)
        return page

    def heard(self, message):
        if message.type in {"error", "warning"} and not NOT_THERE.search(message.text):
            self.met.append(f"console: {message.text}")

    def asked(self, request):
        if not request.url.startswith((self.product + "/", "data:")):
            self.met.append(f"request to another host: {request.url}")

    def leave(self):
        for context in self.contexts:
            context.close()


def path_of(page):
    """Where the visitor is, without the host."""
    return "/" + page.url.split("/", 3)[3]


def begin_again(page):
    """Press "Begin opnieuw" on the page of the demo, and wait until the whole story is made anew."""
    page.goto("/demo/", timeout=PATIENCE)
    page.get_by_role("button", name="Begin opnieuw").click(timeout=PATIENCE)
    expect(page.get_by_text("Alles is weer zoals op de eerste dag")).to_be_visible(timeout=PATIENCE)


def look_as(page, name):
    """Be somebody of the cast, from the page of the demo."""
    page.goto("/demo/")
    page.get_by_role("button", name=f"Kijk als {name}").click()
    expect(page.get_by_role("status").filter(has_text=f"U kijkt nu als {name}")).to_be_visible()


def go_back(page):
    """Back, from a page that is all there: on its way to a page Chromium has no history to go back in."""
    page.wait_for_load_state()
    page.go_back()


def open_everything(page):
    """Open every menu and every details on the page, as somebody who reads all of it."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


def focused(page):
    """The name of what has the keyboard, and whether one sees that it has."""
    return page.evaluate(
        """() => {
            const part = document.activeElement;
            // The link of an area on the map is drawn by its path.
            const drawn = part.querySelector("path") && part.closest("svg") ? part.querySelector("path") : part;
            const before = getComputedStyle(drawn);
            const name = part.getAttribute("aria-label") || part.labels?.[0]?.innerText || part.innerText || part.id;
            const seen = before.outlineStyle !== "none" && parseFloat(before.outlineWidth) > 0;
            return {name: name.trim(), seen: seen || before.boxShadow !== "none" || parseFloat(before.strokeWidth) > 1};
        }"""
    )


def tab_to(page, name, *, most=60):
    """Press Tab until this has the keyboard; every stop on the way has to be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now["seen"], f"the focus on {now['name']!r} is not seen"
        if now["name"].startswith(name):
            return
    raise AssertionError(f"{name!r} is not reached by {most} times Tab")
