"""Asking the open data services of CBS: page after page, and no trust in what comes back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from buurtdraad.figures.sources.odata import as_object, rows_of, told
from buurtdraad.lib.bad_source import BadSource
from buurtdraad.lib.outgoing import NoAnswer, ask

MOST_PAGES = 200
MOST_BYTES = 300_000_000
SECONDS_A_PAGE = 120.0


@dataclass(frozen=True)
class Service:
    """One address that we ask, and nothing beyond it; `seconds` is for one page, with its second try."""

    base: str
    seconds: float = SECONDS_A_PAGE

    def get(self, address: str) -> dict[str, Any]:
        """The JSON object at an address. Raises `BadSource`, which names the address and the cause."""
        try:
            answer = ask(address, origin=self.base, seconds=self.seconds, largest=MOST_BYTES)
        except NoAnswer as wrong:
            raise BadSource(address, None, f"{wrong}: {told(wrong.content)}" if wrong.content else str(wrong)) from None
        if answer.status != 200:
            raise BadSource(address, None, f"the service refuses ({answer.status}): {told(answer.content)}")
        return as_object(answer.content, address)

    def rows(
        self,
        first: str,
        *,
        follow: str,
        table: str,
        municipality: str | None,
        promised: int | None,
        progress: Callable[[int], None] | None,
    ) -> list[dict[str, Any]]:
        """All rows of a table, or those of a municipality; the whole table has as many as it `promised` (None: it does not say)."""
        rows: list[dict[str, Any]] = []
        for page in self._pages(first, follow):
            rows += page
            if progress:
                progress(len(rows))
        if not rows:
            raise BadSource(table, None, f"it has no rows{f' of {municipality}' if municipality else ''}")
        if municipality is None and promised is not None and promised != len(rows):
            raise BadSource(table, None, f"{len(rows)} rows came of the {promised} that it has")
        return rows

    def _pages(self, first: str, follow: str) -> Iterator[list[dict[str, Any]]]:
        """The rows of each page. The link to the next page (`follow`) is used as it stands, as CBS asks."""
        address: str | None = first
        asked: set[str] = set()
        while address:
            if address in asked:
                raise BadSource(address, None, "its pages go round in a circle")
            asked.add(address)
            if len(asked) > MOST_PAGES:
                raise BadSource(address, None, f"there are more than {MOST_PAGES} pages")
            answer = self.get(address)
            yield rows_of(answer, address)
            address = self._next(address, answer.get(follow))

    def _next(self, here: str, link: object) -> str | None:
        """CBS writes links with http; we ask by the scheme of the address that we chose, and `ask` refuses another host."""
        if not link:
            return None
        try:
            return urlunsplit(urlsplit(urljoin(here, str(link)))._replace(scheme=urlsplit(self.base).scheme))
        except ValueError:
            raise BadSource(here, None, "its link to the next page is no address") from None
