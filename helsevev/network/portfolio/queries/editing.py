"""What a person who edits needs to know: the project with its fields, own drafts, words and names to choose among."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Person, may
from helsevev.core import alphabet, faults
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.models import Draft, Project
from helsevev.network.portfolio.queries import figures
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.pages import visible
from helsevev.network.portfolio.queries.standing import standings
from helsevev.network.portfolio.queries.wording import title_here
from helsevev.network.portfolio.rules.showing import organisations
from helsevev.network.portfolio.rules.typed import OUTSIDE_THE_FORM, Words

MOST_FOUND = 8
TITLES = ("key", "title", "title_nn", "title_en")
FOR_KEEPERS = "listing"


@dataclass(frozen=True)
class Subject:
    """A project that someone would edit (redigert prosjekt); a new one has no row yet."""

    key: str = ""
    project: Project | None = None
    fields: rules.Fields = field(default_factory=lambda: dict(rules.EMPTY))

    @property
    def version(self) -> int:
        """The version that stands."""
        return self.project.version if self.project else 0

    @property
    def title(self) -> str:
        """What the project is called, in the language of the page."""
        return title_here(
            {"nb": self.fields["title"], "nn": self.fields["title_nn"], "en": self.fields["title_en"]}
        ).text

    @property
    def organisations(self) -> frozenset[str]:
        """The organisations that take part, as permissions ask for them."""
        return frozenset(organisations(self.fields))


def subject(key: str) -> Subject | None:
    """The project with this key."""
    found = standings([key]).get(key)
    return Subject(key, found.project, found.fields) if found and found.project else None


def allowed(person: Person, about: Subject) -> frozenset[str]:
    """The fields that this person may change in the form."""
    if about.project is None:
        return _form_fields() if may(person, "create", rules.PERMISSIONS) else frozenset()
    parties = about.organisations
    found: frozenset[str] = frozenset()
    if may(person, "edit", rules.PERMISSIONS, parties):
        found = _form_fields() - ({FOR_KEEPERS} if not may(person, "publish", rules.PERMISSIONS, parties) else set())
    return found | {"log"} if may(person, "log", rules.PERMISSIONS, parties) else found


def _form_fields() -> frozenset[str]:
    return frozenset(rules.FIELDS) - set(OUTSIDE_THE_FORM)


# --- Drafts ----------------------------------------------------------------------------------------------------------
def draft(user: User, project: Project | None) -> Draft | None:
    """What this person has typed and not saved of a project, or of a new one."""
    return Draft.objects.filter(user=user, project=project, thrown_away_at=None).first()


def drafts(user: User) -> list[Draft]:
    """Everything this person has typed and not saved, the newest first."""
    rows = Draft.objects.filter(user=user, thrown_away_at=None)
    return list(rows.select_related("project__initiative").order_by("-saved_at", "-pk"))


def thrown_away(user: User, pk: int) -> Draft | None:
    """A draft of one's own that was thrown away and can still be brought back."""
    return Draft.objects.filter(pk=pk, user=user, thrown_away_at__isnull=False).first()


# --- Words and names -------------------------------------------------------------------------------------------------
def words(language: str) -> Words:
    """What the form shows instead of codes."""
    labels = {code: {key: label.text for key, label in figures.labels(code).items()} for code, _n in settings.LANGUAGES}
    return Words(initiatives.taxonomy(), language, labels)


class Found(NamedTuple):
    """Something that was looked for (funn): what to write, what to show, and a word on it."""

    value: str
    label: str
    note: str = ""


def _organisations(text: str, naming: Naming) -> list[Found]:
    """Organisations with these words in one of their names, those that begin so first; "alesund" finds Ålesund."""
    begins = alphabet.folded(text)
    rows = sorted(people.listed(text), key=lambda row: not alphabet.folded(row["name"]).startswith(begins))
    return [Found(row["name"], row["name"], naming.term("organisation_kind", row["kind"])) for row in rows[:MOST_FOUND]]


def _themes(text: str, naming: Naming) -> list[Found]:
    """Themes with these words in a spelling."""
    parts = alphabet.folded(text).split()
    known = naming.taxonomy.terms("theme")
    found = [word for word in known if all(part in alphabet.folded(" ".join(word.spellings)) for part in parts)]
    return [Found(word.label(naming.language), word.label(naming.language)) for word in found[:MOST_FOUND]]


def _figures(text: str, naming: Naming) -> list[Found]:
    """Figures with these words in what they are called."""
    parts = alphabet.folded(text).split()
    known = figures.labels(naming.language).items()
    found = [label for key, label in known if all(part in alphabet.folded(f"{label.text} {key}") for part in parts)]
    return [Found(label.text, label.text, label.unit) for label in found[:MOST_FOUND]]


def _projects(text: str, person: Person) -> list[Found]:
    """Projects that this person may see, with all these words in a title or in the key."""
    found = visible(person)
    for word in text.split():
        # SQLite folds the case of A to Z alone, so that å and Å are asked for by themselves.
        spellings = {word, word.lower(), word.upper(), word.capitalize()}
        asked = [Q(**{f"initiative__{column}__icontains": way}) for column in TITLES for way in spellings]
        found = found.filter(reduce(or_, asked))
    rows = found.order_by("initiative__title", "pk").values_list("initiative__key", "initiative__title")
    return [Found(key, title, key) for key, title in rows[:MOST_FOUND]]


LOOKUPS: Mapping[str, Callable[[str, Naming], list[Found]]] = {
    "organisations": _organisations,
    "themes": _themes,
    "figures": _figures,
}


def look_up(what: str, text: str, language: str, person: Person) -> list[Found]:
    """What a person who types may mean; nothing before there is something to go by."""
    tidy = " ".join(text.split())[:100]
    if len(tidy) < 2:
        return []
    return _projects(tidy, person) if what == "projects" else LOOKUPS[what](tidy, Naming(language))


def nearest(what: str, text: str, using: Words, person: Person) -> list[Found]:
    """The known ones that look most like something nobody knows, as they are written."""
    written = text[:100]
    if what == "organisations":
        return [Found(name, name) for name in _nearest_organisations(written)]
    if what == "projects":
        return _nearest_projects(written, person)
    if what == "themes":
        labels = [word.label(using.language) for word in using.taxonomy.terms("theme")]
        return [Found(label, label) for label in faults.nearest(written, labels)]
    return []


def _nearest_organisations(text: str) -> list[str]:
    """Names as the registers write them; a name that means several, or a generic party, as it is written."""
    directory = people.directory()
    meant = {name: directory.resolve(name) for name in directory.nearest(text)}
    keys = {found.organisations[0] for found in meant.values() if found and len(found.organisations) == 1}
    names = dict(Organisation.objects.filter(key__in=keys).values_list("key", "name"))
    return list(
        dict.fromkeys(
            names.get(found.organisations[0], name) if found and len(found.organisations) == 1 else name
            for name, found in meant.items()
        )
    )


def _nearest_projects(text: str, person: Person) -> list[Found]:
    """Projects whose key or title looks like this, among those that this person may see."""
    titles = dict(visible(person).order_by("pk").values_list("initiative__key", "initiative__title"))
    by_title = {title: key for key, title in titles.items()}
    keys = [by_title.get(name, name) for name in faults.nearest(text, [*titles, *by_title])]
    return [Found(key, f"{titles[key]} ({key})") for key in dict.fromkeys(keys)]


def project_meant(text: str, person: Person) -> str | None:
    """The key of the project that a person means by its key or its whole title; None when nobody knows it."""
    tidy = " ".join(text.split())
    known = visible(person)
    if known.filter(initiative__key=tidy).exists():
        return tidy
    titled = reduce(or_, [Q(**{f"initiative__{column}": tidy}) for column in TITLES[1:]])
    keys = list(known.filter(titled).order_by().values_list("initiative__key", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


def titles_of(keys: Iterable[str], person: Person) -> dict[str, str]:
    """What other projects are called, so that a key in a form says something."""
    rows = visible(person).filter(initiative__key__in=[key for key in keys if key])
    return dict(rows.values_list("initiative__key", "initiative__title"))
