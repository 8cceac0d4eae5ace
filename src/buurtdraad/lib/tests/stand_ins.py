"""A service on this machine that answers as a test says: for what asks outside."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


class Service:
    """What was asked (path and parameters), and where to ask."""

    def __init__(self, address):
        self.origin = f"http://127.0.0.1:{address[1]}/"
        self.asked = []


@contextlib.contextmanager
def service(answer):
    """Serve `answer(path, params, origin)` -> (status, headers, bytes or a list of pieces with pauses in seconds)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            params = dict(parse_qsl(parts.query))
            running.asked.append((parts.path, params))
            status, headers, body = answer(parts.path, params, running.origin)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):
                for piece in body if isinstance(body, list) else [body]:
                    if isinstance(piece, bytes):
                        self.wfile.write(piece)
                        self.wfile.flush()
                    else:
                        time.sleep(piece)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = Service(server.server_address)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
