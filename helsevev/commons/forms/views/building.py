"""What all of the builder's pages share: who is let in, what the page is of, and refusals in the reader's words."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.models import Form, FormDraft
from helsevev.commons.forms.queries import building as asking
from helsevev.commons.forms.rules.building import PERMISSIONS
from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import said as told
from helsevev.core.questionnaire_building import saying, texts, tree
from helsevev.core.words import Refusal

KIND_LABELS = dict(Form.Kind.choices)


def let_in(request: HttpRequest) -> str:
    """The key of whoever builds forms; nobody else finds anything here."""
    if not may(request.person, "build_forms", PERMISSIONS):  # type: ignore[attr-defined] # a middleware sets it
        raise Http404
    return str(request.person.key)  # type: ignore[attr-defined]


def said(refusal: object) -> str:
    """A refusal, or a sentence with others in it, in the reader's language."""
    return told(refusal, typed=True) if isinstance(refusal, Refusal) else str(refusal)


@dataclass
class Desk:
    """A form on a builder's desk (skrivebord): the draft, and in which language its builder reads."""

    form: Form
    by: str
    language: str = field(default_factory=lambda: get_language() or "nb")

    @cached_property
    def draft(self) -> FormDraft:
        """The form's draft, made from the newest version when somebody begins to change it."""
        return asking.draft_of(self.form) or acting.draft_of(self.form, self.by)

    @property
    def questionnaire(self) -> dict[str, Any]:
        """What the draft holds."""
        held: dict[str, Any] = self.draft.questionnaire
        return held

    def again(self) -> None:
        """Look at the draft anew after a change."""
        self.draft.refresh_from_db()

    @property
    def title(self) -> str:
        """What the form is called in the reader's language."""
        return title_of(self.questionnaire, self.language) or self.form.key

    def name(self, link_id: str) -> str:
        """What an item is called in the reader's language."""
        found = tree.find(self.questionnaire, link_id)
        own = texts.own_language(self.questionnaire)
        return saying.name(found.item, own, self.language) if found else link_id


def title_of(questionnaire: dict[str, Any], language: str) -> str:
    """A form's title in a language, else in one that it has."""
    found = texts.read(questionnaire, "title", texts.own_language(questionnaire))
    return found.get(language) or next(iter(found.values()), "")


def form_or_404(key: str) -> Form:
    """The form of an address."""
    found = asking.form(key)
    if found is None:
        raise Http404
    return found


def desk_for(request: HttpRequest, key: str) -> Desk:
    """The form of an address on the desk of whoever asks, if they build forms."""
    by = let_in(request)
    return Desk(form_or_404(key), by)


def crumbs(form: Form | None = None, title: str = "", *here: dict[str, str]) -> dict[str, object]:
    """The way to these pages."""
    top = {"label": _("Forms"), "url": reverse("forms:list")} if form else {"label": _("Forms")}
    if form is None:
        return {"breadcrumbs": [top, *here], "robots": "noindex"}
    own = {"label": title or form.key, **({"url": reverse("forms:form", args=[form.key])} if here else {})}
    return {"breadcrumbs": [top, own, *here], "robots": "noindex"}
