"""OpenID Connect providers from the setting `OIDC_PROVIDERS`: read once at the start, and refused loudly when wrong.

Plain Python: the settings read it before Django is there.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

NEEDED = ("id", "name", "issuer", "client_id")
KNOWN = {
    *NEEDED,
    "secret",
    "secret_file",
    "scope",
    "claims",
    "assurance_claim",
    "second_factor",
    "trust_email",
    "residents",
    "ask",
    "origins",
}
CLAIMS = {"subject": "sub", "email": "email", "name": "name"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# A citizen service number under any of its names: we have no use for it and no right to it.
FORBIDDEN = re.compile(r"bsn|burgerservice|sectoral.?number|legalsubjectid|service.?number", re.IGNORECASE)


class BadProvider(Exception):  # noqa: N818 (a refusal of a setting)
    """What is wrong with the setting: which provider, and why."""


@dataclass(frozen=True)
class OpenIDProvider:
    """One provider: a staff sign-on, or a broker for DigiD or eHerkenning."""

    id: str
    name: str
    issuer: str
    client_id: str
    secret: str
    scope: tuple[str, ...]
    claims: dict[str, str]
    assurance_claim: str
    strong_amr: frozenset[str]
    strong_acr: frozenset[str]
    trust_email: bool
    residents: bool
    ask: dict[str, str]
    origins: tuple[str, ...]

    @property
    def configuration_url(self) -> str:
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    def is_strong(self, claims: dict) -> bool:
        """Whether the provider says that a second factor was part of it, in a way that the setting counts."""
        amr = claims.get("amr") or []
        methods = {amr} if isinstance(amr, str) else {str(method) for method in amr}
        return bool(self.strong_amr & methods) or str(claims.get("acr", "")) in self.strong_acr


def parse(text: str) -> tuple[OpenIDProvider, ...]:
    """The providers in a JSON list. Empty text: none. Raises `BadProvider`."""
    if not text.strip():
        return ()
    try:
        rows = json.loads(text)
    except ValueError as problem:
        raise BadProvider(f"OIDC_PROVIDERS is no JSON: {problem}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadProvider("OIDC_PROVIDERS must be a JSON list of objects")
    providers = tuple(one(row, f"OIDC_PROVIDERS, number {n} ({row.get('id', 'no id')})") for n, row in enumerate(rows, start=1))
    ids = [provider.id for provider in providers]
    if len(set(ids)) < len(ids):
        raise BadProvider("OIDC_PROVIDERS: each id may stand there once")
    return providers


def one(row: dict, where: str) -> OpenIDProvider:
    if wrong := [key for key in row if key not in KNOWN]:
        raise BadProvider(f"{where}: unknown key {', '.join(map(str, wrong))}")
    if missing := [key for key in NEEDED if not text_in(row, key)]:
        raise BadProvider(f"{where}: {', '.join(missing)} is missing or no text")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", row["id"]):
        raise BadProvider(f"{where}: the id may hold small letters, digits and hyphens, at most 40")
    claims = CLAIMS | texts(row, "claims", where)
    scope = tuple(words(row, "scope", where) or ("openid", "profile", "email"))
    assurance = row.get("assurance_claim", "acr")
    for name in (*claims, *claims.values(), *scope, str(assurance)):
        if FORBIDDEN.search(name):
            raise BadProvider(f"{where}: {name!r} looks like a citizen service number (BSN); this product may not receive or keep one")
    if unknown := claims.keys() - CLAIMS.keys():
        raise BadProvider(f"{where}: claims may map {', '.join(CLAIMS)}, not {', '.join(sorted(unknown))}")
    strong = row.get("second_factor", {})
    if not isinstance(strong, dict) or strong.keys() - {"amr", "acr"}:
        raise BadProvider(f"{where}: second_factor is an object with amr and acr, each a list")
    return OpenIDProvider(
        id=row["id"],
        name=row["name"],
        issuer=address(row["issuer"], where),
        client_id=row["client_id"],
        secret=secret_of(row, where),
        scope=scope,
        claims=claims,
        assurance_claim=str(assurance),
        strong_amr=frozenset(words(strong, "amr", where)),
        strong_acr=frozenset(words(strong, "acr", where)),
        trust_email=bool(row.get("trust_email", False)),
        residents=bool(row.get("residents", False)),
        ask=texts(row, "ask", where),
        origins=tuple(origin(address(url, where)) for url in [row["issuer"], *words(row, "origins", where)]),
    )


def address(url: str, where: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise BadProvider(f"{where}: {url!r} must start with https://")
    return url


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def secret_of(row: dict, where: str) -> str:
    if text_in(row, "secret_file"):
        try:
            return Path(row["secret_file"]).read_text().strip()
        except OSError as problem:
            raise BadProvider(f"{where}: secret_file cannot be read ({problem.strerror})") from None
    if not text_in(row, "secret"):
        raise BadProvider(f"{where}: secret or secret_file is missing")
    return row["secret"]


def text_in(row: dict, key: str) -> bool:
    return isinstance(row.get(key), str) and bool(row[key].strip())


def words(row: dict, key: str, where: str) -> list[str]:
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(word, str) and word for word in found):
        raise BadProvider(f"{where}: {key} must be a list of texts")
    return found


def texts(row: dict, key: str, where: str) -> dict[str, str]:
    found = row.get(key, {})
    if not isinstance(found, dict) or not all(isinstance(value, str) and value for value in found.values()):
        raise BadProvider(f"{where}: {key} must be an object of texts")
    return found
