"""A burst: 500 people in one room, fifty at a time, each with a wish and three stickers. Latency by the clock, of this machine."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from buurtdraad.running.bench.measures import PRODUCT, inside, load_city
from buurtdraad.running.bench.processes import cpu_seconds
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure

PEOPLE, AT_ONCE, STICKERS, WORKERS = 500, 50, 3, 2
HIDDEN = re.compile(r"""name="(csrfmiddlewaretoken|opened)" value="([^"]+)\"""")
ROUNDS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Person:
    """One telephone: its cookies, how long each answer took (what it was, seconds), and the answers that should not be."""

    port: int
    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    seconds: list[tuple[str, float]] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)

    def ask(self, method: str, path: str, given: dict[str, str] | None = None, expected: int = 200) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if given is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        connection.request(method, path, urlencode(given) if given is not None else None, headers)
        response = connection.getresponse()
        page = response.read().decode()
        self.seconds.append((f"{method} {path.split('/', 3)[3] or 'room'}", time.monotonic() - began))
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        if response.status != expected:
            self.wrong.append(response.status)
        return page

    def evening(self, code: str, wishes: list[int]) -> "Person":
        """Come in, give a wish, look at the stickers and put three."""
        hidden = dict(HIDDEN.findall(self.ask("GET", f"/m/{code}/")))
        self.ask("POST", f"/m/{code}/", hidden | {"text": f"Een bank {self.letters()}"}, expected=302)
        token = dict(HIDDEN.findall(self.ask("GET", f"/m/{code}/stickers/"))).get("csrfmiddlewaretoken", "")
        for turn in range(STICKERS):
            wish = wishes[(self.number + turn) % len(wishes)]
            self.ask("POST", f"/m/{code}/stickers/", {"csrfmiddlewaretoken": token, "put": str(wish)}, expected=302)
        self.ask("GET", f"/m/{code}/scherm/")
        return self

    def letters(self) -> str:
        """A word of one's own, so that no two wishes are the same."""
        return f"{ROUNDS[self.number // 26 % 26]}{ROUNDS[self.number % 26]} aan de straat"


def burst(product: Product, *, say: Callable[[str], None]) -> Iterator[Figure]:
    """Make a meeting in a copy of the city, and let everybody come at once."""
    say("making a city and a meeting")
    note = load_city(product, product.folder)
    made = inside(product, "meeting")
    if "code" not in made:
        yield Figure("a meeting", None, "", note=made.get("problem", "") or note)
        return
    say(f"{PEOPLE} people, {AT_ONCE} at a time")
    with product.serve(PRODUCT, workers=WORKERS) as server:
        before, began = cpu_seconds(server.processes), time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            people = list(pool.map(lambda number: Person(server.port, number).evening(made["code"], made["wishes"]), range(PEOPLE)))
        took, used = time.monotonic() - began, cpu_seconds(server.processes) - before
    taken = [one for person in people for one in person.seconds]
    seconds = sorted(second for _what, second in taken)
    wrong = Counter(status for person in people for status in person.wrong)
    kept = inside(product, "meeting_kept", made["code"])
    expected = {"wishes": PEOPLE + len(made["wishes"]), "stickers": PEOPLE * STICKERS, "people": PEOPLE}
    yield Figure(
        "a full room: slowest of a hundred answers",
        seconds[int(len(seconds) * 0.99)],
        "s",
        2,
        note=f"{len(seconds)} answers in {took:.0f} s",
    )
    for what in sorted({what for what, _second in taken}):
        of_kind = sorted(second for kind, second in taken if kind == what)
        yield Figure(f"a full room: {what}", of_kind[int(len(of_kind) * 0.99)], "s", note=f"half within {of_kind[len(of_kind) // 2]:.2f} s")
    yield Figure("a full room: half of the answers", seconds[len(seconds) // 2], "s")
    yield Figure("a full room: CPU of an answer", used * 1000 / len(seconds), "ms")
    yield Figure("a full room: wrong answers", sum(wrong.values()), "", 0, note=str(dict(wrong)) if wrong else "")
    lost = sum(abs(expected[name] - kept.get(name, 0)) for name in expected)
    yield Figure("a full room: lost or double", lost, "", 0, note=", ".join(f"{number} {name}" for name, number in kept.items()))
