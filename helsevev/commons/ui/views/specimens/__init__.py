"""What the gallery shows: each component with its states, in words about invented projects."""

from helsevev.commons.ui.views.specimens import actions, answers, content, drawings, lists, questions
from helsevev.commons.ui.views.specimens.specimen import Specimen

__all__ = ["Specimen", "specimens"]


def specimens() -> list[Specimen]:
    """Every component, in the order of the page."""
    groups = (actions, questions, answers, content, lists, drawings)
    return [make() for group in groups for make in group.SPECIMENS]
