"""The page frame and its components: what they decide, and what every one of them promises."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons import ui
from helsevev.commons.ui import rules
from helsevev.commons.ui.forms import SpecimenForm
from helsevev.commons.ui.views.specimens import specimens

TEMPLATES = Path(ui.__file__).parent / "templates"
COMPONENTS = sorted((TEMPLATES / "ui").glob("*.html"))
CODES = ("nb", "nn", "en")
# Parts of the frame or of another component, shown on the gallery's page as part of these.
PARTS = {
    "breadcrumbs", "confirm", "demo_banner", "downloads", "field_errors", "field_mark", "footer", "gallery", "header",
    "mark", "scheme_switch", "sort_header", "tag", "user_menu",
}  # fmt: skip


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def named(self, name: str) -> dict[str, str | None]:
        """The first element whose id or name is `name`."""
        return next(attrs for _, attrs in self.seen if name in (attrs.get("id"), attrs.get("name")))


def draw(source: str, **values: object) -> str:
    request = RequestFactory().get("/nb/portfolio/?region=HN&region=HV&page=3&sort=title")
    return Template(source).render(Context({"request": request, "LANGUAGE_CODE": "nb", **values}))


def slow_pages(current: int, last: int) -> list[int]:
    """The slow and obvious way: mark every page, then let runs of two and more unmarked become a gap."""
    marked = [n in (1, last) or abs(n - current) <= 1 for n in range(1, last + 1)]
    shown: list[int] = []
    run: list[int] = []
    for number, wanted in enumerate(marked, start=1):
        if not wanted:
            run.append(number)
            continue
        shown += run if len(run) == 1 else [0] if run else []
        shown.append(number)
        run = []
    return shown


@given(st.integers(1, 300).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_pages_shown_agree_with_the_obvious_way(place: tuple[int, int]) -> None:
    assert rules.shown_pages(*place) == slow_pages(*place)


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [
        ("/nb/portfolio/", "en", "/en/portfolio/"),
        ("/nn/", "nb", "/nb/"),
        ("/healthz", "nn", "/nn/"),
        ("/", "en", "/en/"),
        ("//evil.example/nb/", "en", "/en/"),
    ],
)
def test_the_same_page_in_another_language(path: str, code: str, there: str) -> None:
    assert rules.in_language(path, code, CODES) == there


@given(st.text(), st.sampled_from(CODES), st.sampled_from(CODES))
def test_changing_language_there_and_back_leads_home(rest: str, here: str, there: str) -> None:
    path = f"/{here}/{rest}"
    assert rules.in_language(rules.in_language(path, there, CODES), here, CODES) == path


@given(st.text())
def test_initials_are_few_whatever_the_name(name: str) -> None:
    # A capital may be two letters long: ß becomes SS.
    assert len(rules.initials(name)) <= 6


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Kari Oppdiktet Nordmann", "KN"), ("øyvind", "Ø"), ("", ""), ("Anne-Lise", "AL"), ("( x", "X")],
)
def test_initials(name: str, letters: str) -> None:
    assert rules.initials(name) == letters


def test_sorting_goes_up_then_down_then_up() -> None:
    assert rules.next_sort("title", "") == ("title", None)
    assert rules.next_sort("title", "title") == ("-title", "ascending")
    assert rules.next_sort("title", "-title") == ("title", "descending")


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_begins_by_naming_its_variables(path: Path) -> None:
    source = path.read_text()
    assert source.startswith("{#")
    assert "Variables" in source.split("#}")[0]


def test_every_component_is_in_the_gallery() -> None:
    shown = {specimen.template for specimen in specimens()}
    assert shown | PARTS == {path.stem for path in COMPONENTS}
    assert not shown & PARTS


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_needs_a_looser_content_policy(path: Path) -> None:
    for tag, attributes in Tags(re.sub(r"{[%#{].*?[%#}]}", "", path.read_text())).seen:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith(("on", "hx-on"))], tag
        assert tag != "style"


def test_ids_of_the_gallery_are_unique(client: Client, db: None) -> None:
    page = Tags(client.get("/en/ui/").content.decode())
    ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("query", ["", "?scheme=dark", "?scheme=%22%3E%3Cscript%3E"])
def test_the_gallery_opens_in_every_language(client: Client, db: None, code: str, query: str) -> None:
    answer = client.get(f"/{code}/ui/{query}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{code}"' in html
    assert "<script>" not in html
    for other in CODES:
        assert f'hreflang="{other}"' in html


def test_a_fault_is_tied_to_its_field_and_what_was_typed_stays() -> None:
    form = SpecimenForm({"title": "", "summary": "</textarea><script>x</script>", "beds": "minus one"})
    html = draw("{% error_summary form %}{% for item in form %}{% field item %}{% endfor %}", form=form)
    page = Tags(html)
    for name in ("title", "beds"):
        control = page.named(f"id_{name}")
        assert control["aria-invalid"] == "true"
        for target in (control["aria-describedby"] or "").split():
            page.named(target)
    assert page.named("id_beds")["value"] == "minus one"
    assert page.named("id_kind")["aria-describedby"] == "id_kind_error"
    assert "<script>" not in html
    links = [attributes["href"] or "" for tag, attributes in page.seen if tag == "a"]
    assert links == ["#id_title", "#id_region", "#id_kind_0", "#id_beds"]
    for link in links:
        page.named(link.removeprefix("#"))


def test_a_sound_form_has_no_summary_and_marks_what_is_needed() -> None:
    html = draw("{% error_summary form %}{% field form.title %}{% field form.summary %}", form=SpecimenForm())
    assert "ds-error-summary" not in html
    assert html.count("field-mark") == 1


def test_a_component_sees_nothing_of_the_page_around_it() -> None:
    html = draw('{% ui "card" title="A" %}', url="https://elsewhere.example/", kicker="leaked", variant="tinted")
    assert "elsewhere" not in html
    assert "leaked" not in html
    assert "tinted" not in html


def test_what_stands_inside_a_component_sees_the_page() -> None:
    html = draw('{% component "details" summary="More" %}<b>{{ name }}</b>{% endcomponent %}', name="<i>")
    assert "<b>&lt;i&gt;</b>" in html


def test_links_to_pages_and_sorting_keep_the_selection() -> None:
    page = Paginator(range(100), 10).page(3)
    html = draw("{% pagination page %}", page=page)
    assert "?region=HN&amp;region=HV&amp;page=4&amp;sort=title" in html
    header = draw('{% ui "sort_header" label="Title" key="title" %}')
    assert 'aria-sort="ascending"' in header
    assert "?region=HN&amp;region=HV&amp;sort=-title" in header


def test_a_number_stands_right_and_truth_is_no_number() -> None:
    rows = [["A", 1, True]]
    html = draw('{% ui "table" id="t" caption="C" columns=columns rows=rows %}', rows=rows, columns=[])
    assert html.count("data-numeric") == 1


@pytest.mark.parametrize(("name", "code"), [("400", "nb"), ("403", "nn"), ("429", "en"), ("500", "nb"), ("404", "en")])
def test_pages_for_what_went_wrong_need_nothing(name: str, code: str) -> None:
    html = Template(f'{{% include "{name}.html" %}}').render(Context())
    assert "<h1>" in html
    assert name in html
