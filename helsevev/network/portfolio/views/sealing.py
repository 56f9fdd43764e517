"""The seal of a page that one edits on (segl): whose page it is, of what, made from which version; signed.

It does the work of the token against forged forms, and more. That token changes when a person signs in anew, so a
page that stood open over lunch would be refused, and what was typed on it lost. The seal holds as long as the page:
it can't be made without the server's key, and it counts for the account alone that it was made for. It also lets
what was typed be kept as that person's draft when the page is sent after the session has ended.
"""

from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from django.core import signing

SALT = "portfolio.edit"
# How long after a page was opened it may still be kept as a draft by someone who isn't signed in any more.
KEPT_FOR = 60 * 60 * 48


@dataclass(frozen=True)
class Seal:
    """What a page is (segl). `over`: the window whose draft it began with. `against`: what a choice was made against.

    `names` are the fields that stand on the page.
    """

    user: str
    key: str
    base: int
    names: tuple[str, ...] = ()
    over: str = ""
    against: int = 0
    token: str = ""

    def sign(self) -> str:
        """The seal as it stands on the page; each page has a token of its own."""
        return signing.dumps({**asdict(self), "token": str(uuid4())}, salt=SALT, compress=True)

    @property
    def uuid(self) -> UUID:
        """The page's own token."""
        return UUID(self.token)


def opened(text: str, *, max_age: int | None = None) -> Seal | None:
    """The seal that a page carries; None when it isn't ours, or too old."""
    try:
        found = signing.loads(text, salt=SALT, max_age=max_age)
        return Seal(**{**found, "names": tuple(found["names"])})
    except (signing.BadSignature, TypeError, KeyError):
        return None
