"""An OIDC provider that can be told to do anything wrong, on a port of its own."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
Sign = Callable[[dict[str, Any]], str]


def well_signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one"})


@dataclass
class Provider:
    """What the provider knows and how it misbehaves."""

    issuer: str = ""
    acr: str = "substantial"
    subject: str = "subject-1"
    claims: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    description: dict[str, Any] = field(default_factory=dict)
    sign: Sign = well_signed
    token_answer: Any = None
    token_status: int = 200
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def authorize(self, url: str) -> dict[str, str]:
        """What a browser does at the provider: the person says yes; the code and state that go back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.asked.append(query)
        code = f"code-{len(self.codes)}-{len(self.asked)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def describe(self) -> dict[str, Any]:
        """The provider's own description."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.description,
        }

    def keys(self) -> dict[str, Any]:
        """The one public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def exchange(self, form: dict[str, str]) -> tuple[int, Any]:
        """Code for token: once, and only with the verifier of its challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None:
            return 400, {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked.get("code_challenge_method") != "S256" or challenge.rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if self.token_answer is not None:
            return self.token_status, self.token_answer
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": self.sign(self.stated(asked))}

    def stated(self, asked: dict[str, str]) -> dict[str, Any]:
        """The claims of the token, with what was told to be wrong."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": asked["client_id"],
            "sub": self.subject,
            "iat": now,
            "exp": now + 120,
            "nonce": asked.get("nonce"),
            "acr": self.acr,
            "pid": "01010112345",
            "email": "someone@example.invalid",
            "email_verified": True,
            **self.claims,
        }
        return {name: value for name, value in claims.items() if name not in self.without}


class Handler(BaseHTTPRequestHandler):
    """Three addresses."""

    def do_GET(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        pages = {"/.well-known/openid-configuration": provider.describe, "/jwks": provider.keys}
        page = pages.get(self.path)
        self.answer(200 if page else 404, page() if page else {})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        self.answer(*self.server.provider.exchange(form))  # type: ignore[attr-defined]

    def answer(self, status: int, body: Any) -> None:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_args: object) -> None:
        """Quietly."""


@contextmanager
def running() -> Iterator[Provider]:
    """The provider while the test runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.provider  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
