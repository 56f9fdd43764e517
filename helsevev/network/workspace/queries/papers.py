"""The clarification of a word on paper."""

from datetime import UTC

from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core import papers
from helsevev.core.slugs import slug
from helsevev.network.workspace.models import Concept
from helsevev.network.workspace.queries.clarifying import Clarifying
from helsevev.network.workspace.rules.concepts import ANSWER_NAMES, STANDING_NAMES, Answer

ISSUER = "Helsevev"


def clarification(title: str, seen: Clarifying, language: str) -> bytes:
    """Definitions side by side, examples with answers, the text and who signed it. The same data, the same bytes."""
    with override(language):
        text = seen.state.text
        facts = [
            (_("Project"), title),
            (_("Parties"), ", ".join(column.party.name for column in seen.columns)),
            (_("State"), _(STANDING_NAMES[seen.state.standing])),
        ]
        if text:
            facts += [(_("Text no."), str(text.number)), (_("Digest (SHA-256)"), text.digest)]
        items = [_definitions(seen), _examples(seen), *([_agreed(seen)] if text else [])]
        paper = papers.Minutes(title=seen.concept.name, facts=facts, items=items, intro=seen.concept.why)
        at = max(
            [seen.concept.changed_at, *([text.proposed_at] if text else []), *(s.at for s in seen.state.signatures)]
        )
        about = papers.About(language=language, made_at=at.astimezone(UTC), issuer=ISSUER, say=_)
        return papers.minutes(paper, about)


def _definitions(seen: Clarifying) -> papers.Item:
    rows = [(column.party.name, column.text or _("Not stated")) for column in seen.columns]
    table = papers.Table(_("Each party's own definition"), (_("Party"), _("Definition")), rows)
    return papers.Item(_("What each party means"), "", tables=[table])


def _examples(seen: Clarifying) -> papers.Item:
    """Disagreement is said in words, since paper may be grey."""
    head = (_("Example"), *(column.party.name for column in seen.columns), _("Do they agree?"))
    rows = [
        (
            line.example.text,
            *(_(ANSWER_NAMES[cell.answer]) if cell.answer else _("Not answered") for cell in line.cells),
            _("No") if line.disagrees else _("Yes") if line.judged.answers else "",
        )
        for line in seen.lines
    ]
    tables = [papers.Table(_("Examples that test the word"), head, rows)] if rows else []
    return papers.Item(_("Examples"), "", tables=tables)


def _agreed(seen: Clarifying) -> papers.Item:
    text = seen.state.text
    assert text is not None  # as asked for
    signed = [(one.organisation.name, one.name, _when(one.at), one.digest[:16]) for one in seen.state.signatures] + [
        (party.name, _("Not yet"), "", "") for party in seen.state.missing
    ]
    head = (_("Organisation"), _("Signed by"), _("When"), _("Digest begins"))
    tables = [papers.Table(_("Signatures"), head, signed)]
    judged = [(one["example"], _(ANSWER_NAMES[Answer(one["answer"])])) for one in text.content["examples"]]
    if judged:
        tables.insert(0, papers.Table(_("The examples under this definition"), (_("Example"), _("Answer")), judged))
    return papers.Item(_("The definition for all"), text.text, tables=tables)


def _when(moment: object) -> str:
    return dateformat.format(timezone.localtime(moment), get_format("SHORT_DATETIME_FORMAT"))  # type: ignore[arg-type]


def file_name(concept: Concept) -> str:
    """What the file is called."""
    return f"{slug(concept.name) or 'word'}.pdf"
