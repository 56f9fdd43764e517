"""Seals on answers that wait (forsegling): unreadable in the database and its backups without the secret key.

ChaCha20-Poly1305 (RFC 8439) under a key of its own. What is sealed is filled up to whole blocks, so that its length
tells little of what was written. No clock goes into it, unlike in ready-made token formats.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings

BLOCK = 1024
NONCE = 12


def seal(content: Mapping[str, Any]) -> str:
    """Something as only this installation can read it."""
    plain = json.dumps(content, ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % BLOCK)
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + next(_keys()).encrypt(nonce, plain, None)).decode()


def opened(sealed: str) -> dict[str, Any] | None:
    """What was sealed; None where no key that we have opens it."""
    raw = base64.b64decode(sealed)
    for key in _keys():
        try:
            found: dict[str, Any] = json.loads(key.decrypt(raw[:NONCE], raw[NONCE:], None))
        except InvalidTag:
            continue
        return found
    return None


def _keys() -> Iterator[ChaCha20Poly1305]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield ChaCha20Poly1305(hashlib.sha256(f"surveys.waiting:{secret!s}".encode()).digest())
