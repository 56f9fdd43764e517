"""Every page of the product, and who may see it: what the checks of each page go through."""

from collections.abc import Iterator
from dataclasses import dataclass

from walks.walking import Walk

KNOWN = ("reader", "project_member", "project_leader", "organisation_signer", "assessor", "resource_group")
STAFF = ("steering_group", "advisor", "editor", "secretariat", "administrator")
EVERYONE = ("stranger", *KNOWN, *STAFF)
KEEPERS = ("secretariat", "administrator")
EDITORS = ("project_leader", "advisor", *KEEPERS)
TEAM = ("project_member", *EDITORS)
HISTORIANS = tuple(dict.fromkeys((*TEAM, "assessor", "resource_group", *STAFF)))
SHELF = ("advisor", "editor", *KEEPERS)
# Whose pages differ by more than the menu, which every role's front page shows.
SOME = ("stranger", "reader", "project_member", "project_leader", "administrator")
# An organisation that the invented project people belong to owns this one.
OWN = "mila-2026"


@dataclass(frozen=True)
class Place:
    """A page: where it lies (without language), who may see it, its answer; `through`: the link that leads on to it."""

    path: str
    who: tuple[str, ...] = ("stranger",)
    answers: int = 200
    through: str = ""

    @property
    def name(self) -> str:
        return self.path + (f" {self.through}" if self.through else "")

    def visit(self, walk: Walk, language: str = "nb") -> None:
        """Go there."""
        walk.go(f"/{language}/{self.path}", answers=self.answers)
        if self.through:
            walk.page.goto(self.leads_to(walk))

    def leads_to(self, walk: Walk) -> str:
        """Where its link leads."""
        found = walk.page.locator("main").locator(self.through).first.get_attribute("href")
        assert found, self.name
        return walk.address + found


PLACES: tuple[Place, ...] = (
    Place("", EVERYONE),
    Place("about/"),
    Place("accessibility/"),
    Place("privacy/"),
    Place("cookies/"),
    Place("visits/"),
    Place("visits/social/"),
    Place("api/"),
    Place("organisations/"),
    Place("organisations/?q=zzzz"),
    Place("organisations/ullensaker-kommune/", ("stranger", "administrator")),
    Place("portfolio/", SOME),
    Place("portfolio/?page=2"),
    Place("portfolio/?phase=piloting&region=not-stated&q=zzzz"),
    Place("portfolio/?phase=piloting&sort=title"),
    Place(f"portfolio/{OWN}/", SOME),
    Place("portfolio/orkdal-telepsykiatri/"),
    Place("portfolio/dashboard/", ("stranger", "administrator")),
    Place("portfolio/dashboard/?on=2024-01-01"),
    Place("portfolio/dashboard/?on=snart", answers=422),
    Place("portfolio/finnes-ikke/", answers=404),
    Place("account/sign-in/"),
    Place("account/sign-up/"),
    Place("account/password/forgotten/"),
    Place("account/identity/cancelled/"),
    Place("demo/mail/", ("stranger", "administrator")),
    Place("ui/"),
    Place("me/", KNOWN + STAFF),
    Place("account/address/", ("reader",)),
    Place("account/password/set/", ("reader",)),
    Place("account/second-factor/", ("reader",)),
    Place("account/second-factor/all/", ("reader", "administrator")),
    Place("account/second-factor/app/", ("reader",)),
    Place("account/delete/", ("reader",)),
    Place("account/logout/", ("reader",)),
    Place("people/", KEEPERS),
    Place("people/", KEEPERS, through="#people a[href*='/people/']"),
    Place("people/in/ullensaker-kommune/", ("organisation_signer", "administrator")),
    Place("people/in/ullensaker-kommune/give/", ("organisation_signer",)),
    Place("people/in/ullensaker-kommune/", ("organisation_signer",), through="#roles a[href*='/end/']"),
    Place("mail/", ("administrator",)),
    Place("trail/", ("administrator",)),
    Place("shelf/", SHELF),
    Place("portfolio/staff/", TEAM),
    Place("portfolio/new/", KEEPERS),
    Place("portfolio/import/", KEEPERS),
    Place(f"portfolio/{OWN}/edit/", TEAM),
    Place(f"portfolio/{OWN}/history/", HISTORIANS),
    Place(f"portfolio/{OWN}/history/1/", ("project_leader", "administrator")),
    Place(f"portfolio/{OWN}/withdraw/", KEEPERS),
)


def open_places() -> Iterator[Place]:
    """What everyone may see."""
    return (place for place in PLACES if "stranger" in place.who)
