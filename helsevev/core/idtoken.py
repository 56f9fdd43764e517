"""Checks an OIDC ID token: signature, issuer, audience, time, nonce. Every fault has a word of its own.

The signature is checked although the token came straight from the provider over TLS: then a mistake in a proxy's
set-up is no way in. Keys are chosen by the algorithm that the token names only among those we allow, and only when
the key is of that algorithm's family, so that a public key never serves as a shared secret.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest
from typing import Any

import jwt

FAMILIES = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
CURVE = "P-256"
SMALLEST_RSA_BITS = 2048
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600


class Fault(StrEnum):
    """What is wrong with a token; the word that goes on the trail."""

    MALFORMED = "malformed token"
    ALGORITHM = "algorithm not allowed"
    NO_KEY = "no such key"
    WEAK_KEY = "key too short"
    SIGNATURE = "wrong signature"
    MISSING_CLAIM = "missing claim"
    ISSUER = "wrong issuer"
    AUDIENCE = "wrong audience"
    AUTHORISED_PARTY = "wrong authorised party"
    EXPIRED = "expired"
    NOT_YET = "not valid yet"
    TOO_OLD = "issued too long ago"
    NONCE = "wrong nonce"
    SUBJECT = "no subject"


class BadToken(Exception):
    """The token isn't to be believed."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault's word."""
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True)
class Expected:
    """What this installation expects of the token it asked for."""

    issuer: str
    client_id: str
    nonce: str
    now: float


@dataclass(frozen=True)
class Identity:
    """Who signed in, in the provider's words; nothing else of the token is kept."""

    issuer: str
    subject: str
    acr: str
    name: str
    email: str


def believe(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected) -> Identity:
    """The identity that the token states, when all of it holds; BadToken when any of it doesn't."""
    claims = _signed(token, keys)
    _refuse_stranger(claims, expected)
    _refuse_time(claims, expected.now)
    nonce = claims.get("nonce")
    if not expected.nonce or not isinstance(nonce, str) or not compare_digest(nonce.encode(), expected.nonce.encode()):
        raise BadToken(Fault.NONCE)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > 255:
        raise BadToken(Fault.SUBJECT)
    return Identity(expected.issuer, subject, _text(claims, "acr"), _text(claims, "name"), _text(claims, "email"))


def _text(claims: Mapping[str, Any], name: str) -> str:
    """A claim that is used only when it is text."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _signed(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The claims of a token with a good signature."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise BadToken(Fault.MALFORMED) from error
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in FAMILIES:
        raise BadToken(Fault.ALGORITHM)
    key = _key(keys, algorithm, header.get("kid"))
    checks = {"verify_signature": True, **dict.fromkeys(CHECKED_HERE, False)}
    try:
        return jwt.decode(token, key=key, algorithms=[algorithm], options=checks)  # type: ignore[arg-type]
    except jwt.InvalidSignatureError as error:
        raise BadToken(Fault.SIGNATURE) from error
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise BadToken(Fault.MALFORMED) from error


# These are checked below with the time passed in, each with a word of its own.
CHECKED_HERE = ("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss", "verify_sub", "verify_jti")


def _key(keys: Sequence[Mapping[str, Any]], algorithm: str, kid: object) -> jwt.PyJWK:
    """The provider's one public key that this token may be signed with."""
    fitting = [
        key
        for key in keys
        if isinstance(key, Mapping)
        and key.get("kty") == FAMILIES[algorithm]
        and key.get("crv", CURVE) == CURVE
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise BadToken(Fault.NO_KEY)
    try:
        key = jwt.PyJWK(dict(fitting[0]), algorithm=algorithm)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise BadToken(Fault.NO_KEY) from error
    if FAMILIES[algorithm] == "RSA" and key.key.key_size < SMALLEST_RSA_BITS:
        raise BadToken(Fault.WEAK_KEY)
    return key


def _refuse_stranger(claims: Mapping[str, Any], expected: Expected) -> None:
    """Refuse a token of another issuer, or one meant for anyone but us alone."""
    if claims.get("iss") != expected.issuer:
        raise BadToken(Fault.ISSUER)
    audience = claims.get("aud")
    if audience not in (expected.client_id, [expected.client_id]):
        raise BadToken(Fault.AUDIENCE)
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise BadToken(Fault.AUTHORISED_PARTY)


def _refuse_time(claims: Mapping[str, Any], now: float) -> None:
    """Refuse a token that is over, not begun, or fetched so late that someone must have kept it."""
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if expires is None or issued is None:
        raise BadToken(Fault.MISSING_CLAIM)
    begins = _moment(claims, "nbf") if "nbf" in claims else issued
    if now - LEEWAY_SECONDS >= expires:
        raise BadToken(Fault.EXPIRED)
    if begins is None or max(issued, begins) > now + LEEWAY_SECONDS:
        raise BadToken(Fault.NOT_YET)
    if issued < now - OLDEST_SECONDS:
        raise BadToken(Fault.TOO_OLD)


def _moment(claims: Mapping[str, Any], name: str) -> float | None:
    """A time in a token: a finite number of seconds, and true isn't one."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e12:
        return None
    return float(value)
