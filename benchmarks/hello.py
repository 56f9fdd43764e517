"""The barest page a server can give, for the ratio: what the server itself costs."""

from collections.abc import Callable, Iterable


def application(_environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer hello to anything."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]
