"""Tags of the page frame and its components; every template has them without asking."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext

from helsevev.commons.ui import panels, rules
from helsevev.commons.ui.rules import Facet
from helsevev.commons.ui.templatetags.icons import ICONS

register = template.Library()


CARRIED = ("request", "csrf_token", "LANGUAGE_CODE")


def _draw(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """A component sees its own variables and nothing else of the page, so that no name leaks in."""
    carried = {key: context[key] for key in CARRIED if key in context}
    assert context.template is not None  # a page is being drawn
    found = context.template.engine.get_template(f"ui/{name}.html")
    return found.render(context.new({**carried, **values}))


@register.simple_tag(takes_context=True)
def ui(context: Context, name: str, **values: object) -> SafeString:
    """`{% ui "tag" label=name %}`: a component of the gallery."""
    return _draw(context, name, values)


@register.simple_tag(takes_context=True)
def specimen_state(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """A component with its variables as one dict, as the gallery has them."""
    return _draw(context, name, values)


class ComponentNode(Node):
    """A component with what stands between its tags as `body`."""

    def __init__(self, name: FilterExpression, values: Mapping[str, FilterExpression], nodelist: NodeList) -> None:
        """Keep the unresolved parts."""
        self.name, self.values, self.nodelist = name, values, nodelist

    def render(self, context: Context) -> SafeString:
        """Render the inside as a part of the page, then the component around it."""
        given = {key: value.resolve(context) for key, value in self.values.items()}
        return _draw(context, self.name.resolve(context), {**given, "body": self.nodelist.render(context)})


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "card" title=name %}...{% endcomponent %}`: a component around what stands inside."""
    bits = token.split_contents()[1:]
    if not bits:
        raise template.TemplateSyntaxError("component needs a name: {% component 'card' title=name %}")
    name = parser.compile_filter(bits.pop(0))
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"component takes its variables as name=value, not {bits[0]!r}")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, values, nodelist)


class KeepNode(Node):
    """Renders its inside into a variable, so that a title said once serves the tab and the social preview."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        """Keep the variable's name and the inside."""
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        """Say nothing here; the variable says it later."""
        # The inside is rendered by the engine, so it is as escaped as it would have been in place.
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))  # noqa: S308
        return ""


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """`{% keep page_title %}{% block title %}{% endblock %}{% endkeep %}`: a block's text as a variable."""
    try:
        _, name = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("keep needs one variable name: {% keep page_title %}") from None
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(name, nodelist)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing for the eye alone, hidden from those who listen."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


OPTION = (
    '<div class="ds-field"><input class="ds-input" type="checkbox" name="{name}" value="{value}" '
    'id="facet-{name}-{value}"{checked}><label class="ds-label facet-option" for="facet-{name}-{value}">'
    '<span>{label}</span><span class="count"><span class="ds-sr-only">{number} </span>{count}</span></label></div>\n'
)


@register.simple_tag
def facet_options(facet: Facet) -> SafeString:
    """A facet's values with how many each would leave: lists have dozens, so they are set without template nodes."""
    name, number = escape(facet["name"]), escape(gettext("number:"))
    drawn = [
        OPTION.format(
            name=name,
            number=number,
            value=escape(str(one["value"])),
            label=escape(str(one["label"])),
            count=one["count"],
            checked=" checked" if one.get("checked") else "",
        )
        for one in facet["options"]
    ]
    return SafeString("".join(drawn))


@register.simple_tag(takes_context=True)
def under(context: Context, on: str, key: object) -> SafeString:
    """`{% under "project" key %}`: what other rooms show under this page."""
    assert context.template is not None  # a page is being drawn
    drawn = []
    for block in panels.under(on, str(key), str(context.get("LANGUAGE_CODE") or "nb")):
        carried = {name: context[name] for name in CARRIED if name in context}
        drawn.append(
            context.template.engine.get_template(block.template).render(context.new({**carried, **block.context}))
        )
    return mark_safe("".join(drawn))  # noqa: S308 - drawn by templates


@register.filter
def is_number(value: object) -> bool:
    """Whether a cell holds a number, which tables set to the right."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


@register.filter
def initials(name: object) -> str:
    """At most two letters for a picture of a person: first and last name."""
    return rules.initials(str(name))


@register.filter
def own_language_name(code: str) -> str:
    """The language's name in itself: bokmål, nynorsk, English."""
    return rules.OWN_NAMES.get(code) or get_language_info(code)["name_local"]


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """This same page in each language, for the switch and for search engines."""
    request = context.get("request")
    path, query = (request.path, request.META.get("QUERY_STRING", "")) if request else ("/", "")
    codes = [code for code, _ in settings.LANGUAGES]
    return [
        {
            "code": code,
            "name": own_language_name(code),
            "path": (address := rules.in_language(path, code, codes)),
            "url": f"{address}?{query}" if query else address,
            "current": code == context.get("LANGUAGE_CODE"),
        }
        for code in codes
    ]


@register.simple_tag
def absolute(path: str) -> str:
    """The public address of a path, for machines that read the page elsewhere."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag(takes_context=True)
def sort_state(context: Context, key: str, parameter: str = "sort") -> dict[str, str | None]:
    """How a column is sorted now, as ARIA says it, and what its header's link asks for next."""
    request = context.get("request")
    now = request.GET.get(parameter, "") if request else ""
    following, direction = rules.next_sort(key, now)
    query = request.GET.copy() if request else None
    if query is None:
        return {"url": f"?{parameter}={following}", "direction": direction}
    query[parameter] = following
    query.pop("page", None)
    return {"url": f"?{query.urlencode()}", "direction": direction}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page", label: str = "") -> dict[str, Any]:
    """Links to the pages of a list; an address keeps everything but the page."""
    request = context.get("request")
    last = page.paginator.num_pages

    def address(number: int) -> str:
        query = request.GET.copy() if request else None
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "label": label,
        "last": last,
        "previous": address(page.number - 1) if page.number > 1 else "",
        "next": address(page.number + 1) if page.number < last else "",
        "numbers": [
            {"number": number, "url": address(number) if number else "", "current": number == page.number}
            for number in rules.shown_pages(page.number, last)
        ],
    }


CHOICES = {"radioselect", "checkboxselectmultiple"}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "", wide_label: bool = False) -> dict[str, Any]:
    """One field of a Django form with label, help, what was typed and what is wrong with it."""
    kind = bound.widget_type
    options = []
    if kind in CHOICES:
        options = bound.subwidgets
        for option in options:
            option.data["attrs"]["class"] = "ds-input"
            if bound.errors:
                option.data["attrs"]["aria-invalid"] = "true"
    return {
        "field": bound,
        "kind": "choices" if kind in CHOICES else "checkbox" if kind == "checkbox" else "input",
        "hidden": bound.is_hidden,
        "label": label or bound.label,
        "wide_label": wide_label,
        "options": options,
        "control": bound.as_widget(attrs={"class": _classes(bound)}) if kind not in CHOICES else "",
        "help_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
        "described_by": rules.described_by(str(bound.auto_id), bool(bound.help_text), bool(bound.errors)),
    }


def _classes(bound: BoundField) -> str:
    """The design system's class beside those that the form's author gave."""
    return " ".join(dict.fromkeys(["ds-input", *bound.field.widget.attrs.get("class", "").split()]))


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """Everything wrong with the forms of a page, on top, each with a link to its field."""
    return {"errors": [error for form in forms for error in _errors(form)]}


def _errors(form: BaseForm) -> Iterable[dict[str, object]]:
    """Every fault of a form: those of the whole first, then field by field as they stand on the page."""
    for message in form.non_field_errors():
        yield {"target": "", "message": message}
    for bound in form:
        target = f"{bound.auto_id}_0" if bound.widget_type in CHOICES else str(bound.auto_id)
        for message in bound.errors:
            yield {"target": "" if bound.is_hidden else target, "label": bound.label, "message": message}
