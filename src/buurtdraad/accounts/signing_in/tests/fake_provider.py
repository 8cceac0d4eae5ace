"""An OpenID Connect provider on loopback, that does what a test tells it, right or wrong."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeProvider:
    """One provider: `issuer`, what it will say of the person (`claims`), and how it goes wrong (`mood`)."""

    def __init__(self):
        self.key, self.foreign_key = new_key(), new_key()
        self.claims, self.userinfo, self.mood, self.asked, self.codes = {}, {}, "", {}, {}
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer_get(self)

            def do_POST(self):
                provider.answer_token(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def visit(self, url):
        """What a browser does at the provider: says yes, and is sent back. Returns the address to go to."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.asked = query
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?state={query['state']}&code={code}"

    def answer_get(self, ask):
        path = urlsplit(ask.path).path
        if path == "/.well-known/openid-configuration":
            self.say(
                ask,
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "userinfo_endpoint": f"{self.issuer}/userinfo",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                },
            )
        elif path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            self.say(ask, {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]})
        elif path == "/userinfo":
            self.say(ask, {"sub": self.claims.get("sub", "s-1")} | self.userinfo)
        else:
            self.say(ask, {}, 404)

    def answer_token(self, ask):
        form = {name: values[0] for name, values in parse_qs(ask.rfile.read(int(ask.headers["Content-Length"])).decode()).items()}
        query = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        right = query and challenge == query.get("code_challenge") and form.get("client_secret") == "geheim"
        if not right or self.mood == "refuses":
            return self.say(ask, {"error": "invalid_grant"}, 400)
        if self.mood == "nonsense":
            return self.say(ask, ["no", "token"])
        return self.say(ask, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(query["nonce"])})

    def id_token(self, nonce):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "buurtdraad", "sub": "s-1", "iat": now, "exp": now + 60, "nonce": nonce} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.mood == "unsigned":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "one"})
        if self.mood == "symmetric":
            return jwt.encode(claims, "geheim" * 8, algorithm="HS256", headers={"kid": "one"})
        if self.mood == "no token":
            return ""
        key = self.foreign_key if self.mood == "foreign key" else self.key
        token = jwt.encode(claims, key, algorithm="RS256", headers={} if self.mood == "no key named" else {"kid": "one"})
        return token[:-8] + "AAAAAAAA" if self.mood == "broken signature" else token

    def say(self, ask, facts, status=200):
        body = json.dumps(facts).encode()
        ask.send_response(status)
        ask.send_header("Content-Type", "application/json")
        ask.send_header("Content-Length", str(len(body)))
        ask.end_headers()
        ask.wfile.write(body)
