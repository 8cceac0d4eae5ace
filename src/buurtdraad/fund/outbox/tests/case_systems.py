"""A case system on this machine (ZGW: Zaken and Catalogi), that keeps cases as a real one does, and fails as a test says."""

import contextlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET, RSIN = "buurtdraad-test", "a secret of the tests that is long enough", "000000000"
LISTS = ("zaken", "rollen", "statussen", "zaakeigenschappen")
# What a test makes go wrong at a request.
DROPPED, NONSENSE, SILENT = "dropped", "nonsense", "silent"


class FakeCaseSystem:
    """What it keeps (`kept`), what came in (`bodies`), and what goes wrong: `wrong(method, path)` gives a status, or one of the words
    above; `after` the same, once it has stored what came."""

    def __init__(self):
        self.kept = {name: [] for name in LISTS}
        self.bodies, self.asked = [], []
        self.wrong = self.after = lambda _method, _path: None
        self.origin = ""
        self.released = threading.Event()
        self.lock = threading.Lock()

    def catalogue(self, name):
        here = self.origin + "catalogi/api/v1/"
        return {
            "roltypen": [{"url": here + "roltypen/1", "omschrijvingGeneriek": "initiator"}],
            "statustypen": [{"url": f"{here}statustypen/{number}", "volgnummer": number} for number in (2, 1)],
            "eigenschappen": [{"url": here + f"eigenschappen/{naam}", "naam": naam} for naam in ("kenmerk", "bedrag")],
        }[name]

    def does(self, method, parts, body):
        return self.get(parts.path, parse_qs(parts.query)) if method == "GET" else self.post(parts.path, body)

    def get(self, path, params):
        name = path.rstrip("/").rsplit("/", 1)[-1]
        if "/catalogi/" in path:
            return 200, self.catalogue(name)
        found = self.kept[name]
        for key in ("identificatie", "zaak"):
            if key in params:
                found = [one for one in found if one.get(key) == params[key][0]]
        return 200, found if name in {"zaakeigenschappen"} else {"count": len(found), "next": None, "previous": None, "results": found}

    def post(self, path, body):
        name = path.rstrip("/").rsplit("/", 1)[-1]
        if name == "zaken" and any(one["identificatie"] == body["identificatie"] for one in self.kept["zaken"]):
            return 400, {"code": "invalid", "invalidParams": [{"name": "identificatie", "code": "identificatie-niet-uniek", "reason": "x"}]}
        made = body | {"url": f"{self.origin}{path.lstrip('/')}/{len(self.kept[name]) + 1}"}
        self.kept[name].append(made)
        return 201, made


@contextlib.contextmanager
def case_system():
    """One that runs while the test does."""
    running = FakeCaseSystem()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer("GET")

        def do_POST(self):
            self.answer("POST")

        def answer(self, method):
            parts = urlsplit(self.path)
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")
            with running.lock:
                running.asked.append((method, parts.path))
                if body:
                    running.bodies.append(body)
                jwt.decode(re.sub("^Bearer ", "", self.headers["Authorization"]), SECRET, algorithms=["HS256"], issuer=CLIENT)
                went = running.wrong(method, parts.path)
                said = (
                    (went, {})
                    if went
                    else running.get(parts.path, parse_qs(parts.query))
                    if method == "GET"
                    else running.post(parts.path, body)
                )
                went = went or running.after(method, parts.path)
            self.say(said, went)

        def say(self, said, went):
            if went == SILENT:
                running.released.wait(20)
            if went in {DROPPED, SILENT}:
                self.close_connection = True
                return
            status, found = said if went not in {NONSENSE} else (200, None)
            content = b"<html>Inloggen</html>" if went == NONSENSE else json.dumps(found).encode()
            self.send_response(went if isinstance(went, int) else status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None
    running.origin = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        running.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
