"""What a published survey says stands in its year's report, with n; and nothing of one that isn't published."""

import pytest
from network import surveying

from helsevev.core.words import Refused
from helsevev.network.annual_report import queries
from helsevev.network.annual_report.panels.chapters import chapters
from helsevev.network.surveys.actions import moving
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.rules.states import Step

pytestmark = pytest.mark.django_db


def test_the_report_reads_published_results_with_n() -> None:
    found = surveying.survey()
    people = surveying.invited(found, 12)
    surveying.answer_all(found, people[:9])
    surveying.count(found)
    Survey.objects.update(closed_at="2026-06-01T12:00:00Z")
    assert 2026 not in queries.years()
    moving.move(found, Step.PUBLISH, surveying.BY)
    document = queries.document(2026, "en", queries.last_day(2026))
    told = {one["key"]: one for one in document["figures"] if one["key"].startswith("survey.")}
    assert set(told) == {f"survey.useful.{level}" for level in surveying.LEVELS}
    one = told["survey.useful.high"]
    assert (one["counted"], one["n"], one["stated"]) == (33.3, 9, None)
    assert one["note"] == "n = 9 of 12 invited."
    (chapter,) = [one for one in chapters(document, "en") if one.name == "survey"]
    assert [chart.note for chart in chapter.drawn] == ["Var det nyttig? n = 9 of 12 invited."]
    with pytest.raises(Refused):
        queries.document(2026, "en", queries.last_day(2025))
