"""The invented people of a demonstration (prøvepersoner): one for each role. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from helsevev.commons.people.rules import IN_ORGANISATION, ROLE_NAMES, Role
from helsevev.core.words import gettext_noop

# Both own the project whose pages the manual shows, so the invented people may work on it.
ORGANISATIONS = ("akershus-universitetssykehus", "ullensaker-kommune")

# "Prøve" is no Norwegian first name: nobody takes these for real.
LAST_NAMES: Mapping[Role, str] = {
    Role.READER: "Leser",
    Role.PROJECT_MEMBER: "Prosjektdeltaker",
    Role.PROJECT_LEADER: "Prosjektleder",
    Role.ORGANISATION_SIGNER: "Signatar",
    Role.ASSESSOR: "Vurderer",
    Role.RESOURCE_GROUP: "Ressursgruppe",
    Role.STEERING_GROUP: "Styringsgruppe",
    Role.ADVISOR: "Rådgiver",
    Role.EDITOR: "Redaktør",
    Role.SECRETARIAT: "Sekretariat",
    Role.ADMINISTRATOR: "Administrator",
}
WHAT_THEY_DO: Mapping[Role, str] = {
    Role.READER: gettext_noop("Follows projects."),
    Role.PROJECT_MEMBER: gettext_noop("Takes part in projects of Ahus and Ullensaker."),
    Role.PROJECT_LEADER: gettext_noop("Leads projects of Ahus and Ullensaker."),
    Role.ORGANISATION_SIGNER: gettext_noop("Signs for Ahus and Ullensaker, and gives their people roles."),
    Role.ASSESSOR: gettext_noop("Scores applications."),
    Role.RESOURCE_GROUP: gettext_noop("Recommends which applications get support."),
    Role.STEERING_GROUP: gettext_noop("Decides which applications get support."),
    Role.ADVISOR: gettext_noop("Guides projects."),
    Role.EDITOR: gettext_noop("Moderates what others write."),
    Role.SECRETARIAT: gettext_noop("Keeps the portfolio, and screens applications."),
    Role.ADMINISTRATOR: gettext_noop("Gives roles, and keeps registers."),
}


@dataclass(frozen=True)
class Invented:
    """One invented person."""

    role: Role
    name: str
    address: str
    where: tuple[str, ...] = ()
    does_here: str = ""

    @property
    def code(self) -> str:
        """The word that one signs in by: the role, or what sets the person apart from others with it."""
        return self.address.partition("@")[0].replace("-", "_")

    @property
    def role_name(self) -> str:
        """The role in English, for the page to translate."""
        return ROLE_NAMES[self.role]

    @property
    def does(self) -> str:
        """What such a one does here, for the page to translate."""
        return self.does_here or WHAT_THEY_DO[self.role]

    @property
    def places(self) -> tuple[str | None, ...]:
        """Where the role is held: in both organisations, or in the network as a whole."""
        if self.where:
            return self.where
        return ORGANISATIONS if self.role in IN_ORGANISATION else (None,)


CAST: tuple[Invented, ...] = tuple(
    Invented(role, f"Prøve {LAST_NAMES[role]}", f"{role.value.replace('_', '-')}@example.invalid") for role in Role
)
# Who signs on either side in the case of guidance: nobody signs for both.
SIGNERS: tuple[Invented, ...] = (
    Invented(
        Role.ORGANISATION_SIGNER,
        "Prøve Kommunesignatar",
        "municipal-signer@example.invalid",
        ("stavanger-kommune",),
        gettext_noop("Signs for Stavanger municipality alone."),
    ),
    Invented(
        Role.ORGANISATION_SIGNER,
        "Prøve Sykehussignatar",
        "hospital-signer@example.invalid",
        ("kvinneklinikken-stavanger",),
        gettext_noop("Signs for the women's clinic in Stavanger alone."),
    ),
)
# A second assessor, so that whoever has ties to an application is seen to be another than who scores it.
TIED = Invented(
    Role.ASSESSOR,
    "Prøve Inhabil",
    "tied-assessor@example.invalid",
    does_here=gettext_noop("Scores applications too, and has ties to one of them."),
)
EVERYONE: tuple[Invented, ...] = (*CAST, *SIGNERS, TIED)
