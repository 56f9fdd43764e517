"""A newer version of a call's form (nyere skjema), and what it would change of an application that is being written."""

from dataclasses import dataclass

from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.models import FormVersion
from helsevev.commons.forms.rules.filling import compare
from helsevev.network.applications.models import Application, Round


@dataclass(frozen=True)
class Left:
    """An answer to what is no longer asked: the question, and what stands there."""

    label: str
    text: str


@dataclass(frozen=True)
class Renamed:
    """A question that is asked otherwise now."""

    before: str
    after: str


@dataclass(frozen=True)
class Newer:
    """What going over would do: how many answers stay as they are, and which questions changed, came and went."""

    version: FormVersion
    same: int
    changed: tuple[Renamed, ...]
    new: tuple[str, ...]
    gone: tuple[Left, ...]


def is_old(application: Application) -> bool:
    """Whether the call has a newer version of the form than this is written in."""
    form = application.round.form
    return form is not None and application.sheet.state == "draft" and application.sheet.version_id != form.pk


def newer(application: Application, language: str) -> Newer | None:
    """The call's newer form, and what it changes; None where there is none."""
    form = application.round.form
    if form is None or not is_old(application) or form.form_id != application.sheet.version.form_id:
        return None
    before, after = forms.compiled(application.sheet.version), forms.compiled(form)
    answers = forms.answers(application.sheet)
    found = compare(before, after, answers)
    texts: dict[str, list[str]] = {}
    for one in forms.told(before, answers, language):
        if one.lines and forms.link_id(one.path) in found.gone:
            texts.setdefault(forms.link_id(one.path), []).append("\n".join(one.lines))
    # A question with other words, in whichever language, is asked otherwise, however alike its answers are.
    reworded = [link for link in found.same if before.by_link_id[link].text != after.by_link_id[link].text]
    return Newer(
        form,
        len(found.same) - len(reworded),
        tuple(
            Renamed(before.by_link_id[link].label(language), after.by_link_id[link].label(language))
            for link in (*reworded, *found.changed)
            if link in before.by_link_id
        ),
        tuple(after.by_link_id[link].label(language) for link in found.new),
        tuple(
            Left(before.by_link_id[link].label(language) if link in before.by_link_id else link, "\n".join(texts[link]))
            for link in found.gone
            if link in texts
        ),
    )


def newer_versions(round_: Round) -> list[FormVersion]:
    """Versions of a call's form that are newer than the one it has, the newest first."""
    if round_.form is None:
        return []
    rows = FormVersion.objects.filter(form=round_.form.form, number__gt=round_.form.number)
    return list(rows.select_related("form").order_by("-number"))
