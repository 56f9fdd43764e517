"""Hostile text in every field shows literally on every page that shows it, and in the form."""

import pytest
from filling import AT, Filled, opened
from reading import read

from helsevev.network.portfolio import queries
from helsevev.network.portfolio.models import Project

KEY = "mila-2026"
HOSTILE = [
    "<script>window.hostile=1</script>",
    '"><img src=x onerror=window.hostile=1>',
    "'-alert(1)-'",
    "{{ 7|add:7 }}{% now 'Y' %}%(x)s %s {x}",
    "</textarea></title><svg onload=window.hostile=1>",
    '=HYPERLINK("http://x.invalid")',
    "\u202egnp.exe\u200b",
]
TEXTS = (
    "title",
    "title_nn",
    "title_en",
    "summary_nb",
    "summary_nn",
    "summary_en",
    "contact_role",
    "phase_note",
    "source",
)


def fill(form, text):
    """The text in every field that takes words."""
    for name in TEXTS:
        form[name] = f"{name} {text}"
    form = form.pressed("add:figures").pressed("add:log").pressed("add:milestones").pressed("add:deliverables")
    form = form.pressed("add:phases")
    figure = sum(name.endswith("-what") for name in form.fields) - 1
    form[f"figures-{figure}-what"] = "hostile"
    for cell in ("value", "unit", "source"):
        form[f"figures-{figure}-{cell}"] = f"f{cell} {text}"[:60]
    log = sum(name.startswith("log-") and name.endswith("-on") for name in form.fields) - 1
    form[f"log-{log}-on"] = "2026"
    for cell in ("nb", "nn", "en", "source"):
        form[f"log-{log}-{cell}"] = f"l{cell} {text}"
    form["milestones-0-title"], form["deliverables-0-title"] = f"mile {text}", f"thing {text}"
    form["phases-1-phase"], form["phases-1-on"] = "new_practice", "2026"
    form["phases-1-source"], form["phases-1-note"] = f"psource {text}", f"pnote {text}"
    return form


@pytest.mark.parametrize("text", HOSTILE)
def test_it_is_kept_as_it_is_and_shown_literally(portfolio, cast, text):
    staff = cast["secretariat"]
    form = fill(opened(staff), text)
    staff.post(f"{form.address}draft/", form.fields)
    pages = [staff.get(f"{AT}{KEY}/edit/"), staff.get(f"{AT}staff/")]
    assert form.press("save").status_code == 302
    fields = queries.fields(KEY)
    assert all(fields[name] == f"{name} {text}" for name in TEXTS)
    addresses = ("", "edit/", "history/", "history/2/", "history/2/undo/", "history/compare/?from=1&to=2", "withdraw/")
    pages += [staff.get(f"{AT}{KEY}/{address}") for address in addresses]
    pages += [staff.get(f"{AT}staff/"), staff.get("/en/shelf/"), staff.get(f"{AT}?q=title")]
    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        root = read(html)
        assert not [
            one
            for tag in ("script", "img", "svg")
            for one in root.all(tag)
            if "hostile" in str(one.attributes) + one.text
        ]
        assert not [one for one in root.all("script") if "src" not in one.attributes]
    assert f"title_en {text}" in read(pages[2].content).words
    again = Filled.on(staff, pages[3])
    assert all(again[name] == f"{name} {text}" for name in TEXTS)


def test_a_choice_that_nobody_offered_is_only_text(portfolio, cast):
    staff = cast["secretariat"]
    form = opened(staff)
    form["partners-0-name"] = '"><script>window.hostile=1</script>:;%00'
    answer = form.press("save")
    assert answer.status_code == 422
    assert not [one for one in read(answer.content).all("script") if "src" not in one.attributes]
    assert Filled.on(staff, answer)["partners-0-name"] == form["partners-0-name"]
    assert form.pressed("choose:partners:0:<b>x:y</b>")["partners-0-name"] == "<b>x:y</b>"


def test_withdrawing_and_undoing_say_hostile_reasons_literally(portfolio, cast):
    staff = cast["secretariat"]
    form = opened(staff)
    form["phases-0-withdraw"], form["phases-0-why"] = "yes", HOSTILE[1]
    form.press("save")
    staff.post(f"{AT}{KEY}/withdraw/", {"why": HOSTILE[0]})
    page = read(staff.get(f"{AT}{KEY}/history/").content)
    assert HOSTILE[0] in page.words
    assert HOSTILE[1] in page.words
    assert Project.objects.get(initiative__key=KEY).version == 3
