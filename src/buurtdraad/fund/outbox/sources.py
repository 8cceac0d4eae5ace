"""The case system, by the standard of Dutch municipalities for it (ZGW: Zaken API 1.x and Catalogi API 1.x).

Each step first looks at what is there and then adds what is not: after a broken connection nobody knows whether a case was made.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from buurtdraad.fund.outbox.queries import CaseFacts
from buurtdraad.fund.outbox.states import Problem
from buurtdraad.lib.outgoing import Answer, NoAnswer, same_origin, send

SECONDS, MOST_BYTES = 10.0, 2_000_000
ZAKEN, CATALOGI = "zaken/api/v1/", "catalogi/api/v1/"
# The Zaken API wants to hear in which system places are, also where there is no place.
PLACES = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
INITIATOR = "initiator"
MOST_TITLE, MOST_DETAIL = 80, 300
WHO = "buurtdraad"
SAYS_TRY_LATER = frozenset({408, 425, 429})


class NotBrought(Exception):  # noqa: N818 (what the service did, not a programming error)
    """It did not arrive, or not all of it; `problem` says whether trying again can help."""

    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem, self.detail = problem, detail[:MOST_DETAIL]


@dataclass(frozen=True)
class CaseSystem:
    """Where it is and how we are known there; `internal`: it may be at an address inside the network of the municipality."""

    url: str
    client_id: str
    secret: str
    kind_of_case: str
    rsin: str
    internal: bool = False

    # --- asking ------------------------------------------------------------------------------------

    def list_of(self, path: str, **params: str) -> list[dict[str, Any]]:
        """The first page of what is there."""
        found = self.asked("GET", path, params=params)
        results = found.get("results") if isinstance(found, dict) else found
        if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
            raise NotBrought(Problem.NONSENSE, f"{path}: no list")
        return results

    def made(self, path: str, **body: Any) -> dict[str, Any]:
        """What was made, with its address."""
        made = self.asked("POST", path, body=body)
        self.address_in(made, path)
        return made

    def asked(self, method: str, path: str, *, params: dict[str, str] | None = None, body: dict | None = None) -> Any:
        url = path if "://" in path else self.url.rstrip("/") + "/" + path
        headers = PLACES | {"Authorization": f"Bearer {self.token()}"}
        try:
            answer = send(
                method, url, body=body, params=params, headers=headers, allowed=(self.url,), internal=self.internal,
                seconds=SECONDS, largest=MOST_BYTES,
            )  # fmt: skip
        except NoAnswer as wrong:
            raise NotBrought(Problem.NO_ANSWER, str(wrong)) from None
        return understood(answer)

    def token(self) -> str:
        """Made for each request, since it counts from its own time."""
        import jwt  # noqa: PLC0415 (it loads what web processes do without)

        claims = {"iss": self.client_id, "iat": int(time.time()), "client_id": self.client_id, "user_id": WHO, "user_representation": WHO}
        return jwt.encode(claims, self.secret, algorithm="HS256")

    def address_in(self, thing: dict[str, Any], path: str) -> str:
        url = thing.get("url") if isinstance(thing, dict) else None
        if not isinstance(url, str) or len(url) > 1000 or not same_origin(url, self.url):
            raise NotBrought(Problem.NONSENSE, f"{path}: no address of what is there")
        return url

    # --- a case and what goes with it ----------------------------------------------------------------

    def case(self, identification: str) -> str:
        """The address of the case that we made before; empty when there is none."""
        found = self.list_of(f"{ZAKEN}zaken", identificatie=identification, bronorganisatie=self.rsin)
        ours = [one for one in found if one.get("identificatie") == identification]
        if found and not ours:
            raise NotBrought(Problem.NONSENSE, "zaken: it does not look up by identificatie")
        return self.address_in(ours[0], "zaken") if ours else ""

    def new_case(self, facts: CaseFacts) -> str:
        body: dict[str, Any] = {
            "identificatie": facts.identification,
            "bronorganisatie": self.rsin,
            "verantwoordelijkeOrganisatie": self.rsin,
            "zaaktype": self.kind_of_case,
            "omschrijving": facts.title[:MOST_TITLE],
            "toelichting": facts.words,
            "registratiedatum": timezone.localdate(facts.submitted_at).isoformat(),
            "startdatum": facts.received_on.isoformat(),
        }
        if facts.decide_by:
            body["uiterlijkeEinddatumAfdoening"] = facts.decide_by.isoformat()
        try:
            return str(self.made(f"{ZAKEN}zaken", **body)["url"])
        except NotBrought as no:
            # It may be there after all, made by a try of which we never heard.
            if no.problem == Problem.SAYS_NO and (there := self.case(facts.identification)):
                return there
            raise

    def add_initiator(self, case: str, facts: CaseFacts) -> None:
        there = self.list_of(f"{ZAKEN}rollen", zaak=case)
        if not facts.name or any(one.get("omschrijvingGeneriek") == INITIATOR or one.get("roltoelichting") == WHO for one in there):
            return
        kinds = self.list_of(f"{CATALOGI}roltypen", zaaktype=self.kind_of_case, omschrijvingGeneriek=INITIATOR)
        if kind := next((one for one in kinds if one.get("omschrijvingGeneriek") == INITIATOR), None):
            who = {"statutaireNaam": facts.name} if facts.is_organisation else {"geslachtsnaam": facts.name}
            self.made(
                f"{ZAKEN}rollen", zaak=case, roltype=self.address_in(kind, "roltypen"), roltoelichting=WHO,
                betrokkeneType="niet_natuurlijk_persoon" if facts.is_organisation else "natuurlijk_persoon", betrokkeneIdentificatie=who,
            )  # fmt: skip

    def add_status(self, case: str, facts: CaseFacts) -> None:
        """The first status of its kind, where it has none yet: the municipality moves it on."""
        if self.list_of(f"{ZAKEN}statussen", zaak=case):
            return
        kinds = [
            one for one in self.list_of(f"{CATALOGI}statustypen", zaaktype=self.kind_of_case) if isinstance(one.get("volgnummer"), int)
        ]
        if kind := min(kinds, key=lambda one: one["volgnummer"], default=None):
            since = facts.submitted_at.isoformat()
            self.made(f"{ZAKEN}statussen", zaak=case, statustype=self.address_in(kind, "statustypen"), datumStatusGezet=since)

    def add_properties(self, case: str, facts: CaseFacts) -> None:
        """The facts for which this kind of case has a property."""
        path = f"{case.rstrip('/')}/zaakeigenschappen"
        kinds = {one.get("naam"): one for one in self.list_of(f"{CATALOGI}eigenschappen", zaaktype=self.kind_of_case)}
        there = {value for one in self.list_of(path) for value in (one.get("naam"), one.get("eigenschap"))}
        for name in wanted(facts, kinds, there):
            address = self.address_in(kinds[name], "eigenschappen")
            if address not in there:
                self.made(path, zaak=case, eigenschap=address, waarde=facts.facts[name])


def wanted(facts: CaseFacts, kinds: dict[Any, dict], there: set[Any]) -> Iterable[str]:
    return (name for name in facts.facts if name in kinds and name not in there)


def understood(answer: Answer) -> Any:
    """What a good answer says. Raises `NotBrought`."""
    if answer.status in {401, 403}:
        raise NotBrought(Problem.NOT_KNOWN, reason_in(answer))
    if answer.status >= 500 or answer.status in SAYS_TRY_LATER:
        raise NotBrought(Problem.BROKEN, f"{answer.status}")
    if answer.status >= 400:
        raise NotBrought(Problem.SAYS_NO, reason_in(answer))
    try:
        found = json.loads(answer.content)
    except ValueError:
        found = None
    if answer.status not in {200, 201} or not isinstance(found, dict | list):
        raise NotBrought(Problem.NONSENSE, f"{answer.status}, {answer.headers.get('content-type', '')[:40]}")
    return found


def reason_in(answer: Answer) -> str:
    """What a refusal names: codes and names of fields, never a value that we sent."""
    try:
        said = json.loads(answer.content)
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    wrong = [one for one in said.get("invalidParams") or [] if isinstance(one, dict)]
    fields = ", ".join(f"{one.get('name', '')}: {one.get('code', '')}" for one in wrong[:5])
    return " ".join(str(part) for part in (answer.status, said.get("code", ""), fields) if part)


def our_system() -> CaseSystem | None:
    """As it is set; None when it is off."""
    if not settings.ZGW_URL:
        return None
    return CaseSystem(
        settings.ZGW_URL, settings.ZGW_CLIENT_ID, settings.ZGW_SECRET, settings.ZGW_ZAAKTYPE, settings.ZGW_RSIN, settings.ZGW_INTERNAL
    )


def bring(facts: CaseFacts, system: CaseSystem) -> str:
    """See to it that the case is there with all that goes with it; its address. Raises `NotBrought`. Doing it again adds nothing."""
    case = system.case(facts.identification) or system.new_case(facts)
    system.add_initiator(case, facts)
    system.add_status(case, facts)
    system.add_properties(case, facts)
    return case
