"""Every change of the annual report: what sources state, forewords, and publishing."""

import json
from datetime import date

from django.db import transaction

from helsevev.commons.audit.actions import record
from helsevev.core import annual
from helsevev.core.faults import Fault
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.annual_report import queries
from helsevev.network.annual_report.models import Edition, Foreword, StatedFigure
from helsevev.network.annual_report.rules import LANGUAGES
from helsevev.network.portfolio import rules as portfolio

SOURCE = "innomed-annual-report-2022.txt"
CHANGED_ELSEWHERE = gettext_noop(
    "Somebody changed the foreword while you wrote. Your text stands below; theirs is shown beside it. "
    "Save again to replace it."
)
SAME = gettext_noop("This is already published as edition %(number)s, and nothing has changed since.")


class StatedPart:
    """The part `annual_report_2022` of the portfolio's file."""

    def check(self, value: object, place: str) -> list[Fault]:
        """Every fault with its place."""
        return [] if value is None else annual.read(value, place)[2]

    def load(self, value: object, actor: str) -> portfolio.Report:
        """Take in what is new or another number, the year as one row; what is absent or null stays."""
        report = portfolio.Report()
        if value is None:
            return report
        year, stated, _faults = annual.read(value, "")
        standing = {one.key: one for one in StatedFigure.objects.filter(year=year)}
        changed = [one.key for place, one in enumerate(stated) if self._take(year, place, one, standing.get(one.key))]
        name = f"annual_report_{year}"
        if not changed:
            report.left = 1
        elif standing:
            report.changed[name] = changed
        else:
            report.made[name] = [f"{len(changed)} stated figures"]
        if changed:
            record(actor, "stated", "annual-report", str(year), {"figures": len(changed)})
        return report

    def _take(self, year: int, position: int, one: annual.Stated, row: StatedFigure | None) -> bool:
        """Whether something changed."""
        told = {"value": one.value, "label": one.label, "approximate": one.approximate}
        if row is None:
            StatedFigure.objects.create(year=year, key=one.key, source=SOURCE, position=position, **told)
            return True
        if all(getattr(row, field) == new for field, new in told.items()):
            return False
        StatedFigure.objects.filter(pk=row.pk).update(position=position, **told)
        return True


PART = StatedPart()


@transaction.atomic
def write_foreword(year: int, language: str, text: str, *, seen: int, actor: str) -> Foreword:
    """Keep a foreword. `seen` is the version the writer began with; refused when another stands by now."""
    row = Foreword.objects.select_for_update().filter(year=year, language=language).first()
    if (row.version if row else 0) != seen:
        raise Refused(Refusal(CHANGED_ELSEWHERE))
    if row is None:
        row = Foreword.objects.create(year=year, language=language, text=text, changed_by=actor)
    elif row.text != text:
        row.text, row.version, row.changed_by = text, row.version + 1, actor
        row.save()
    record(actor, "wrote foreword", "annual-report", str(year), {"language": language, "version": row.version})
    return row


@transaction.atomic
def publish(year: int, cutoff: date, actor: str) -> Edition:
    """Freeze the report in every language with its rows and forewords; refused when nothing changed since the last."""
    made = {language: queries.made(year, language, cutoff) for language in LANGUAGES}
    kept = {
        language: {"document": one.document, "foreword": one.foreword, "behind": one.behind}
        for language, one in made.items()
    }
    written = json.dumps(kept, ensure_ascii=False)
    last = Edition.objects.select_for_update().filter(year=year).first()
    if last and last.documents == written:
        raise Refused(Refusal(SAME, {"number": last.number}))
    edition = Edition.objects.create(
        year=year,
        number=last.number + 1 if last else 1,
        cutoff=cutoff,
        documents=written,
        digest=made["en"].document["digest"],
        published_by=actor,
    )
    record(actor, "published", "annual-report", str(year), {"edition": edition.number, "digest": edition.digest})
    return edition
