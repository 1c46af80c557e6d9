"""A real OpenID Connect provider on this machine, which lets in whomever the test names."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "audit-of-the-tests", "a secret of two"


@dataclass
class Provider:
    """What the provider says of whoever comes; a test changes what it wants to be wrong."""

    issuer: str = ""
    claims: dict[str, Any] = field(
        default_factory=lambda: {"sub": "subject-1", "tid": "tenant-1", "name": "Rowan Ashby"}
    )
    signing: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    published: list[RSAKey] = field(default_factory=list)
    algorithm: str = "RS256"
    refuses: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """Tell where everything is."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        """Tell the keys that signatures are judged by."""
        shown = self.published or [self.signing]
        return {"keys": [key.as_dict(private=False) for key in shown]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Let somebody in at once, and give where their browser goes."""
        back = asked["redirect_uri"]
        if self.refuses:
            return f"{back}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{back}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Exchange a code, once, for whoever can prove that it was they who asked."""
        asked = self.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_right = (
            asked is not None
            and sent["grant_type"] == "authorization_code"
            and (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
            and sent["redirect_uri"] == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )
        if not is_right or asked is None:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        signed = jwt.encode(header, claims, self.signing, algorithms=[self.algorithm])
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""
    one = Provider()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", one.authorize(asked))
                self.end_headers()
            elif parts.path == "/.well-known/openid-configuration":
                self.tell(200, one.configuration())
            elif parts.path == "/keys":
                self.tell(200, one.keys())
            else:
                self.tell(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self.tell(*one.token(sent))

        def tell(self, status: int, what: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    one.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
