"""A visitor that asks a WSGI application directly, and sees the answer as the web server would."""

import gzip
import io
from dataclasses import dataclass, replace

import brotli


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    @property
    def text(self) -> str:
        decode = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("content-encoding", ""), bytes)
        return decode(self.body).decode()


def ask(application, path="/buurten/BU1/", *, method="GET", host="localhost", scheme="http", **headers) -> Answer:
    """One request; `Cookie="a=b"`, `HX_Request="true"` and so on are headers."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.7", "wsgi.version": (1, 0), "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": True,
        "wsgi.run_once": False, "HTTP_HOST": host,
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}  # fmt: skip
    started = []
    result = application(environ, lambda status, headers, exc_info=None: started.append((status, headers)))
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    ((status, said),) = started
    return Answer(
        status=int(status.split()[0]),
        headers={name.lower(): value for name, value in said if name.lower() != "set-cookie"},
        cookies=[value for name, value in said if name.lower() == "set-cookie"],
        body=body,
    )


def aged(cache, seconds):
    """As if every kept page were made so long ago."""
    for key, kept in list(cache.shelf._pages.items()):
        cache.shelf._pages[key] = replace(kept, made_at=kept.made_at - seconds)
