"""Writes records in the API's shapes, in one language."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from helsevev.network.portfolio.api.shapes import Parents
from helsevev.network.portfolio.queries import records
from helsevev.network.portfolio.queries.figures import source_title
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.records import Participant, Record
from helsevev.network.portfolio.queries.wording import in_language


class Showing:
    """Writes records as the API's shapes, in one language."""

    def __init__(self, naming: Naming) -> None:
        """Keep the names, and where pages for people lie."""
        self.naming = naming
        with override(naming.language):
            self.address = settings.SITE_URL + reverse("portfolio:list")

    def item(self, record: Record) -> dict[str, object]:
        """A row of the list."""
        fields = record.fields
        title = in_language(self.naming.language, record.titles)
        status, _dash, as_of = (fields["status"] or "").partition("-")
        return {
            "key": record.key,
            "title": title.text,
            "title_language": title.lang or self.naming.language,
            "listing": fields["listing"],
            "regions": self._coded("health_region", fields["regions"]),
            "owners": [_party(party) for party in record.owners],
            "partners": [_party(party) for party in record.partners],
            "patient_groups": self._coded("patient_group", fields["patient_groups"]),
            "themes": self._coded("theme", fields["themes"]),
            "awarded": {"year": fields["award_year"], "round": fields["award_round"]},
            "support": self._labelled("support", fields["support"]),
            "kind": self._labelled("kind", fields["kind"]),
            "status": self._labelled("status", status),
            "status_as_of": as_of or None,
            "phase": self._labelled("phase", record.phase),
            "phase_since": record.phase_since or None,
            "changed_at": record.changed_at,
            "page": f"{self.address}{record.key}/",
        }

    def detail(self, record: Record) -> dict[str, object]:
        """All that is stated."""
        fields = record.fields
        return {
            **self.item(record),
            "titles": _texts(record.titles),
            "summary": _texts(record.summaries),
            "focus_area": self._labelled("focus_area", fields["focus_area"]),
            "contact_role": fields["contact_role"],
            "phase_note": fields["phase_note"],
            "source": source_title(fields["source"], self.naming.language) if fields["source"] else None,
            "parents": {kind: fields[kind] for kind in Parents.model_fields},
            "moves": [_stated(entry) for entry in fields["phases"]],
            "figures": [{"what": what, **_stated(about)} for what, about in fields["figures"].items()],
            "log": [{"on": row["on"], "text": _texts(row), "source": row["source"] or None} for row in fields["log"]],
            "milestones": [_stated(entry) for entry in fields["milestones"]],
            "deliverables": [_stated(entry) for entry in fields["deliverables"]],
        }

    def _labelled(self, vocabulary: str, code: str | None) -> dict[str, str] | None:
        return {"code": code, "label": self.naming.term(vocabulary, code)} if code else None

    def _coded(self, vocabulary: str, codes: list[str]) -> list[dict[str, str]]:
        ordered = self.naming.taxonomy.in_order(vocabulary, codes)
        return [{"code": code, "label": self.naming.term(vocabulary, code)} for code in ordered]


def _party(party: Participant) -> dict[str, str | None]:
    return {
        "stated_name": party.stated_name,
        "organisation": party.key or None,
        "name": party.name or None,
        "generic": party.generic or None,
    }


def _texts(texts: Any) -> dict[str, str | None]:  # noqa: ANN401 - any mapping by language
    return {code: texts[code] or None for code in records.LANGUAGES}


def _stated(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry with null for what isn't stated."""
    return {name: None if value == "" else value for name, value in entry.items()}
