"""An ID token is believed only when all of it holds."""

import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.idtoken import BadToken, Expected, Fault, believe

NOW = 1_800_000_000.0
EXPECTED = Expected("https://issuer.example", "helsevev", "a-nonce", NOW)
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SHORT_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)
EC = ec.generate_private_key(ec.SECP256R1())
GOOD = {
    "iss": "https://issuer.example",
    "aud": "helsevev",
    "sub": "someone",
    "exp": NOW + 120,
    "iat": NOW - 5,
    "nonce": "a-nonce",
    "acr": "high",
}


def jwk(key: Any, kid: str = "one", **more: str) -> dict[str, Any]:
    """A public key as a provider publishes it."""
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig", **more}


KEYS = [jwk(RSA), jwk(EC, "two")]


def signed(claims: dict[str, Any], key: Any = RSA, algorithm: str = "RS256", **headers: Any) -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "one", **headers})


def unsigned(claims: dict[str, Any], header: dict[str, Any]) -> str:
    """A token put together by hand, as an attacker does."""
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims))
    return ".".join([*parts, ""])


def fault(token: str, keys: list[Any] | None = None, expected: Expected = EXPECTED) -> Fault:
    with pytest.raises(BadToken) as raised:
        believe(token, KEYS if keys is None else keys, expected)
    return raised.value.fault


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_a_good_token_is_believed(algorithm: str) -> None:
    identity = believe(signed(GOOD, algorithm=algorithm), KEYS, EXPECTED)
    assert (identity.issuer, identity.subject, identity.acr) == ("https://issuer.example", "someone", "high")


def test_a_token_signed_on_a_curve_is_believed() -> None:
    assert believe(signed(GOOD, EC, "ES256", kid="two"), KEYS, EXPECTED).subject == "someone"


def test_one_key_needs_no_name() -> None:
    token = jwt.encode(GOOD, RSA, algorithm="RS256")
    assert believe(token, [jwk(RSA)], EXPECTED).subject == "someone"
    assert fault(token, [jwk(RSA), jwk(OTHER_RSA, "two")]) is Fault.NO_KEY


WRONG: list[tuple[str, dict[str, Any], Fault]] = [
    ("issuer", {"iss": "https://issuer.example/"}, Fault.ISSUER),
    ("audience", {"aud": "another"}, Fault.AUDIENCE),
    ("another audience beside ours", {"aud": ["helsevev", "another"]}, Fault.AUDIENCE),
    ("authorised party", {"azp": "another"}, Fault.AUTHORISED_PARTY),
    ("expired", {"exp": NOW - 61}, Fault.EXPIRED),
    ("issued tomorrow", {"iat": NOW + 86400}, Fault.NOT_YET),
    ("not before tomorrow", {"nbf": NOW + 86400}, Fault.NOT_YET),
    ("kept for a day", {"iat": NOW - 86400}, Fault.TOO_OLD),
    ("nonce", {"nonce": "another"}, Fault.NONCE),
    ("nonce that isn't text", {"nonce": ["a-nonce"]}, Fault.NONCE),
    ("subject that isn't text", {"sub": 7}, Fault.SUBJECT),
    ("empty subject", {"sub": " "}, Fault.SUBJECT),
    ("time that isn't a number", {"exp": "tomorrow"}, Fault.MISSING_CLAIM),
    ("time that is true", {"iat": True}, Fault.MISSING_CLAIM),
    ("time without end", {"exp": float("inf")}, Fault.MISSING_CLAIM),
]


@pytest.mark.parametrize(("claims", "word"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_claim_has_its_word(claims: dict[str, Any], word: Fault) -> None:
    assert fault(signed({**GOOD, **claims})) is word


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("iss", Fault.ISSUER),
        ("aud", Fault.AUDIENCE),
        ("sub", Fault.SUBJECT),
        ("exp", Fault.MISSING_CLAIM),
        ("iat", Fault.MISSING_CLAIM),
        ("nonce", Fault.NONCE),
    ],
)
def test_no_claim_can_be_left_out(claim: str, word: Fault) -> None:
    assert fault(signed({name: value for name, value in GOOD.items() if name != claim})) is word


def test_an_empty_nonce_of_ours_believes_nothing() -> None:
    assert fault(signed({**GOOD, "nonce": ""}), expected=Expected(*EXPECTED_BUT_NONCE)) is Fault.NONCE


EXPECTED_BUT_NONCE = ("https://issuer.example", "helsevev", "", NOW)


def secret_is_public_key() -> str:
    """The old trick: sign with the public key's text as if it were a shared secret."""
    pem = RSA.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head = unsigned(GOOD, {"alg": "HS256", "typ": "JWT", "kid": "one"}).rstrip(".")
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(head.encode(), pem)
    return f"{head}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


FORGED: list[tuple[str, Callable[[], str], Fault]] = [
    ("alg none", lambda: unsigned(GOOD, {"alg": "none", "kid": "one"}), Fault.ALGORITHM),
    ("alg in other letters", lambda: unsigned(GOOD, {"alg": "nOnE", "kid": "one"}), Fault.ALGORITHM),
    ("alg that is a list", lambda: unsigned(GOOD, {"alg": ["RS256"], "kid": "one"}), Fault.ALGORITHM),
    ("HS256 with the public key", secret_is_public_key, Fault.ALGORITHM),
    ("another's key", lambda: signed(GOOD, OTHER_RSA), Fault.SIGNATURE),
    ("a key that nobody published", lambda: signed(GOOD, kid="nine"), Fault.NO_KEY),
    ("RS512", lambda: signed(GOOD, algorithm="RS512"), Fault.ALGORITHM),
    ("an extension that must be understood", lambda: signed(GOOD, crit=["exp"]), Fault.MALFORMED),
    ("no signature", lambda: signed(GOOD).rpartition(".")[0] + ".", Fault.SIGNATURE),
    ("another's claims under it", lambda: swapped(signed(GOOD), {**GOOD, "sub": "boss"}), Fault.SIGNATURE),
    ("no token", lambda: "", Fault.MALFORMED),
    ("half a token", lambda: signed(GOOD)[:40], Fault.MALFORMED),
]


def swapped(token: str, claims: dict[str, Any]) -> str:
    head, _, signature = token.split(".")
    return ".".join([head, unsigned(claims, {}).split(".")[1], signature])


@pytest.mark.parametrize(("make", "word"), [row[1:] for row in FORGED], ids=[row[0] for row in FORGED])
def test_a_forged_token_has_its_word(make: Callable[[], str], word: Fault) -> None:
    assert fault(make()) is word


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_short_key_is_refused() -> None:
    assert fault(signed(GOOD, SHORT_RSA), [jwk(SHORT_RSA)]) is Fault.WEAK_KEY


@pytest.mark.parametrize(
    "key",
    [
        jwk(RSA, use="enc"),
        jwk(RSA, alg="RS512"),
        {**jwk(RSA), "n": "%%%"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "one"},
        {"kty": "RSA", "kid": "one"},
        "not a key",
        None,
    ],
)
def test_a_key_for_another_use_is_no_key(key: Any) -> None:
    assert fault(signed(GOOD), [key]) is Fault.NO_KEY


@given(st.text(max_size=300))
def test_any_text_is_refused_and_never_a_fault_of_ours(text: str) -> None:
    assert isinstance(fault(text), Fault)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(["iss", "aud", "sub", "exp", "iat", "nonce", "nbf", "azp"]), JSON)
def test_whatever_stands_in_a_claim_it_is_right_or_refused(claim: str, value: Any) -> None:
    """A claim that is believed with another value can only be one that says the same or less."""
    token = signed_by_hand({**GOOD, claim: value})
    try:
        identity = believe(token, KEYS, EXPECTED)
    except BadToken:
        return
    numbers = isinstance(value, (int, float)) and not isinstance(value, bool)
    allowed: dict[str, bool] = {
        "iss": value == GOOD["iss"],
        "aud": value in ("helsevev", ["helsevev"]),
        "azp": value == "helsevev",
        "nonce": value == "a-nonce",
        "sub": identity.subject == value,
        "exp": numbers and value > NOW - 60,
        "iat": numbers and NOW - 600 <= value <= NOW + 60,
        "nbf": numbers and value <= NOW + 60,
    }
    assert allowed[claim]


def signed_by_hand(claims: dict[str, Any]) -> str:
    """Signed without the library's own opinions of what a claim may be."""
    head = unsigned(claims, {"alg": "RS256", "kid": "one"}).rstrip(".")
    signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(head.encode(), RSA)
    return f"{head}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
