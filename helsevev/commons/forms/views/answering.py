"""What the script is told that saves while one types: what was taken in, what is newer, what is asked now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, JsonResponse

from helsevev.commons.forms.forms import sending
from helsevev.commons.forms.models import Sheet
from helsevev.commons.forms.queries import Progress
from helsevev.commons.forms.rules.filling import Saved
from helsevev.commons.forms.views.laying import Block, Page
from helsevev.core.questionnaire.evaluating import Spot

ClashBox = Callable[[HttpRequest, Page, str], str]


@dataclass(frozen=True)
class Situation:
    """How a sheet stands as one page sees it."""

    sheet: Sheet
    laid: Page
    progress: Progress
    person: str
    top: Sequence[Spot]
    saved_at: str


def answer(request: HttpRequest, now: Situation, saved: Saved | None, clash_box: ClashBox) -> HttpResponse:
    """The page as it stands now: marks, values, what is asked, what is wrong; small enough to send each time."""
    blocks = list(_questions(now.laid.blocks))
    met = {clash.path for clash in now.laid.clashes}
    return _json(
        {
            "revision": now.sheet.revision,
            "saved": now.saved_at,
            "took": list(saved.merged) if saved else [],
            "met": list(saved.clashes) if saved else [],
            "marks": _marks(now, saved),
            "values": {block.path: _values(block) for block in blocks},
            "who": {block.path: block.who for block in blocks if block.who},
            "asked": {spot.path: spot.enabled for top in now.top for spot in (top, *top.below())},
            "problems": {path: said[0] for path, said in now.laid.form.errors.items() if said},
            "told": {block.path: list(block.lines) for block in _told(now.laid.blocks)},
            "clashes": {block.path: clash_box(request, now.laid, block.path) for block in blocks if block.path in met},
            "rows": [block.path for block in _rows(now.laid.blocks)],
            "steps": {str(step.number): step.state for step in now.progress.steps},
        }
    )


def refused(reasons: Sequence[str]) -> HttpResponse:
    """Nothing was saved, and why."""
    return _json({"refused": " ".join(reasons)}, status=409)


def _json(content: Mapping[str, Any], status: int = 200) -> HttpResponse:
    found = JsonResponse(dict(content), status=status)
    found["Cache-Control"] = "no-store"
    return found


def _marks(now: Situation, saved: Saved | None) -> Mapping[str, str]:
    """The marks of what the page shows, and of what was just taken in from elsewhere."""
    marks = {block.path: block.mark for block in _questions(now.laid.blocks)}
    for path in saved.merged if saved else ():
        standing = now.laid.standing.get(path)
        if path not in marks and standing is not None:
            marks[path] = str(sending.mark(standing.revision, standing.value))
    return marks


def _values(block: Block) -> Mapping[str, object]:
    """What stands in each field of a question, as the page would show it."""
    return {bound.html_name: _plain(bound) for bound in block.bound}


def _plain(bound: BoundField) -> object:
    value = bound.value()
    return value if isinstance(value, str | bool | list) else ""


def _all(blocks: Sequence[Block]) -> list[Block]:
    found = []
    for block in blocks:
        found += [block, *_all(block.blocks)]
    return found


def _questions(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in _all(blocks) if block.kind == "question"]


def _told(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in _all(blocks) if block.kind == "told"]


def _rows(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in _all(blocks) if block.kind == "row"]
