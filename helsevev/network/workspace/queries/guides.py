"""Guides, their versions, and a project's own edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from helsevev.commons.initiatives.models import Initiative
from helsevev.core import differences
from helsevev.core.languages import in_language
from helsevev.network.workspace.models import AdoptedGuide, Guide, GuideVersion
from helsevev.network.workspace.rules import guides as rules


@dataclass(frozen=True)
class Offered:
    """A guide that a project can adopt."""

    version: GuideVersion
    title: str
    about: str


def newest(guide: Guide) -> GuideVersion:
    """The version that is adopted now."""
    found: GuideVersion = GuideVersion.objects.filter(guide=guide)[:1].get()
    return found


def offered(language: str) -> list[Offered]:
    """Every guide, in its newest version."""
    made = [newest(one) for one in Guide.objects.filter(versions__isnull=False).distinct()]
    return [
        Offered(one, str(in_language(language, one.content["title"])), str(in_language(language, one.content["about"])))
        for one in made
    ]


def adopted(initiative: Initiative) -> AdoptedGuide | None:
    """The guide that a project works by."""
    return AdoptedGuide.objects.select_related("template__guide").filter(initiative=initiative).first()


@dataclass(frozen=True)
class Edition:
    """A project's edition of a guide, in one language (utgave)."""

    row: AdoptedGuide
    language: str

    @property
    def local(self) -> rules.Local:
        """What is different here."""
        return rules.Local.read(self.row.local)

    @property
    def title(self) -> str:
        """What the guide is called."""
        return str(in_language(self.language, self.row.template.content["title"]))

    @cached_property
    def parts(self) -> list[rules.Part]:
        """The guide as the project works by it."""
        return rules.edition(self.row.template.content, self.local, self.language)

    @property
    def different(self) -> list[tuple[rules.Entry, Sequence[differences.Piece]]]:
        """Each line that is different, with its words compared to the template's."""
        return [(one, differences.words(one.template, one.text)) for one in rules.differing(self.parts)]

    @cached_property
    def newer(self) -> GuideVersion | None:
        """A version of the template that has come since."""
        found = newest(self.row.template.guide)
        return found if found.number > self.row.template.number else None

    @property
    def stale(self) -> list[rules.Entry]:
        """Lines changed here whose text the newer version has changed too."""
        if self.newer is None:
            return []
        met = rules.stale(self.row.template.content, self.newer.content, self.local)
        return [one for one, _pieces in self.different if one.id in met]

    def entry(self, identity: str) -> rules.Entry | None:
        """One line."""
        every = (one for part in self.parts for step in part.steps for one in step.entries)
        return next((one for one in every if one.id == identity), None)
