"""A project's page: what is stated, plainly what isn't, and who sees it."""

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reading import Element, read

from helsevev.commons.initiatives.models import Follow
from helsevev.network.portfolio.actions import change, load, withdraw
from helsevev.network.portfolio.forms import read as read_rows
from helsevev.network.portfolio.models import Project

DATA = json.loads((settings.REFERENCE_DIR / "portfolio.json").read_text(encoding="utf-8"))
HOSTILE = "<img src=x onerror=alert(1)>\"'&"
pytestmark = pytest.mark.usefixtures("portfolio")


def page(client: Client, key: str, language: str = "en") -> Element:
    response = client.get(f"/{language}/portfolio/{key}/")
    assert response.status_code == 200
    return read(response.content)


def project(key: str) -> Project:
    return Project.objects.select_related("initiative").get(initiative__key=key)


def facts(found: Element) -> dict[str, str]:
    """Every fact of the page by its term."""
    rows = [row for facts in found.all("dl", class_="facts") for row in facts.all("div")]
    return {row.one("dt").words: row.one("dd").words for row in rows if row.all("dt")}


def steps(found: Element) -> dict[str, tuple[str, str]]:
    return {
        step.one("span", class_="step-name").words: (
            step.attributes["data-state"],
            step.one("span", class_="step-note").words,
        )
        for step in found.one("ol", class_="steps").all("li")
    }


# --- What it says ----------------------------------------------------------------------------------------------------
def test_what_is_stated_and_plainly_what_isn_t(client):
    found = page(client, "mila-2026")
    said = facts(found)
    assert found.one("h1").words == "MILA: My life, my responsibility"
    assert said["Owner"] == "Ullensaker kommune"
    assert said["Partners"] == "Akershus universitetssykehus"
    assert said["Health region"] == "South-Eastern Norway"
    assert "Digital home follow-up" in said["Theme"]
    assert said["Award"] == "2026, round 1"
    assert said["Kind of support"] == "Tailored guidance"
    for term in ("New or spread", "Status", "Focus area", "Contact"):
        assert said[term] == "Not stated"
    assert said["Municipalities in the partnership or area"] == "10 municipalities"
    assert said["In regular operation from"] == "1 January 2025"
    assert "The awards of the first round of 2026" in found.one("footer", class_="project-foot").words


@pytest.mark.parametrize(
    ("language", "region", "figure"),
    [("nb", "Helse Sør-Øst", "10 kommuner"), ("nn", "Helse Sør-Aust", "10 kommunar")],
)
def test_in_the_reader_s_language(client, language, region, figure):
    words = page(client, "mila-2026", language).words
    assert region in words
    assert figure in words


def test_the_phase_is_never_guessed(client):
    mila = steps(page(client, "mila-2026"))
    assert mila["Transition to operation"] == ("current", "Here now, 1 January 2025")
    assert mila["New practice"][0] == "ahead"
    assert mila["Insight"] == ("unknown", "Not stated")
    ended = steps(page(client, "sus-barsel"))
    assert ended["Piloting"] == ("done", "Done, 28 October 2024 to 13 June 2025")
    assert ended["New practice"][0] == "unknown"
    unstated = page(client, "fonna-bu")
    assert {state for state, _note in steps(unstated).values()} == {"unknown"}
    assert "The sources don't state which phase the project is in now." in unstated.words


def test_a_planned_phase_is_a_plan(client):
    phases = [
        {"phase": "piloting", "on": "2025-01", "how": "actual"},
        {"phase": "new_practice", "on": "2031", "how": "planned"},
    ]
    row = {"id": "fonna-bu", "phases": phases}
    load(read_rows(json.dumps({"projects": [row]}).encode()))
    shown = steps(page(client, "fonna-bu"))
    assert shown["Piloting"][0] == "current"
    assert shown["New practice"] == ("ahead", "Not reached, planned 2031")


def test_parties_lead_to_their_pages_and_generic_ones_are_named_as_such(client):
    found = page(client, "mila-2026").one("aside")
    links = {a.words: a.attributes["href"] for a in found.all("a")}
    assert links["Ullensaker kommune"] == "/en/organisations/ullensaker-kommune/"
    assert client.get(links["Ullensaker kommune"]).status_code == 200
    generic = page(client, "bergen-svingdor")
    assert "Politi (Police)" in facts(generic)["Partners"]
    assert "Politi (" not in page(client, "bergen-svingdor", "nb").one("aside").words


def test_words_lead_to_the_others_filed_under_them(client):
    found = page(client, "mila-2026").one("aside")
    links = {a.words: a.attributes["href"] for a in found.all("a")}
    assert links["Digital home follow-up"] == "/en/portfolio/?theme=digital-hjemmeoppfolging"
    assert client.get(links["Digital home follow-up"]).status_code == 200


def test_kinship_is_told_from_both_ends(client):
    assert facts(page(client, "mila-2026"))["Continues"]
    origin = page(client, "fonna-bu")
    assert "Spread by" in facts(origin)
    taken_up = page(client, "hnt-bu")
    assert facts(taken_up)["Spreads the model of"] == "Health services for children and young people"


def test_similar_projects_say_why(client):
    cards = page(client, "fonna-bu").one("section", aria_labelledby="alike").all("article")
    assert 1 <= len(cards) <= 3
    reasons = [card.words for card in cards]
    assert all("It builds on this project; same theme: shared pathway" in reason for reason in reasons)
    other = page(client, "mila-2026").one("section", aria_labelledby="alike").words
    assert "This project builds on it" in other


def test_the_log_and_pictures_with_their_tables(client):
    found = page(client, "sus-barsel")
    moments = found.one("ol", class_="timeline").all("li")
    assert moments[0].words.startswith("19 December 2019")
    assert found.one("figure", id="timeline").all("table")
    family = page(client, "fonna-bu").one("figure", id="family")
    assert "Helse Bergen" in family.one("table").words
    for figure in (found.one("figure", id="timeline"), family):
        sources = [image.attributes["src"] for image in figure.all("img")]
        assert all(client.get(source).status_code == 200 for source in sources)


def test_the_figures_of_a_series_stand_by_date(client):
    said = facts(page(client, "sus-barsel"))
    assert (
        said["Home visits in total, by date"]
        == "5 visits (9 January 2025) 17 visits (27 March 2025) 28 visits (13 June 2025)"
    )


def test_figures_that_are_words_or_name_a_project(client):
    ids = {row["id"]: row for part in ("projects", "home_follow_up_examples") for row in DATA[part]}
    worded = next(key for key, row in ids.items() if "downloads" in (row.get("figures") or {}))
    assert "several thousand" in page(client, worded).words
    assert "flere tusen" in page(client, worded, "nb").words
    naming = next(key for key, row in ids.items() if "documents_effect_of" in (row.get("figures") or {}))
    link = page(client, naming).one("dl", class_="facts-wide").one("a")
    assert link.attributes["href"] == "/en/portfolio/unn-akutt/"
    assert link.words == page(client, "unn-akutt").one("h1").words


def test_milestones_and_deliverables_with_links_of_the_web_alone(client):
    change(
        project("fonna-bu"),
        {
            "milestones": [
                {"title": "First", "planned": "2025-01", "reached": ""},
                {"title": "Second", "planned": "", "reached": "2025-02-03"},
            ],
            "deliverables": [{"title": "Guide", "url": "https://example.org/guide", "on": "2025"}],
        },
        "system:test",
    )
    found = page(client, "fonna-bu")
    assert facts(found)["First"] == "planned January 2025"
    assert facts(found)["Second"] == "Reached 3 February 2025"
    assert found.one("a", href="https://example.org/guide").attributes["rel"] == "noopener nofollow"
    Project.objects.get(initiative__key="fonna-bu").deliverables.update(url="javascript:alert(1)")
    assert "javascript:" not in client.get("/en/portfolio/fonna-bu/").content.decode()


def test_the_two_other_lists_are_marked_as_such(client):
    assert "Only mentioned" in page(client, "grimstad-avvik").words
    assert "without an award" in page(client, "siv-nyfodt").words


def test_a_text_in_one_language_says_which(client):
    change(project("fonna-bu"), {"title_en": None, "summary_en": None}, "system:test")
    found = page(client, "fonna-bu")
    assert found.one("h1").attributes["lang"] == "nb"
    assert found.one("p", class_="ingress").attributes["lang"] == "nb"
    assert "This text is stated in Bokmål only." in found.words


def test_a_related_project_s_title_says_its_language_too(client):
    change(project("mila-2025"), {"title_en": None}, "system:test")
    change(project("mila2"), {"title_en": None}, "system:test")
    found = page(client, "mila-2026")
    (kin,) = found.all("a", href="/en/portfolio/mila-2025/", lang="nb")
    assert kin.words == project("mila-2025").initiative.title
    assert found.one("section", aria_labelledby="alike").all("h3", lang="nb")


def test_markup_in_every_field_is_shown_as_it_was_written(client):
    texts = ("title", "title_en", "summary_nb", "summary_en", "contact_role", "phase_note", "source")
    changes = dict.fromkeys(texts, HOSTILE) | {
        "log": [{"on": "2025", "nb": HOSTILE, "nn": "", "en": HOSTILE, "source": HOSTILE}],
        "milestones": [{"title": HOSTILE, "planned": "2025", "reached": ""}],
        "deliverables": [{"title": HOSTILE, "url": "", "on": ""}],
        "figures": {"odd_thing": {"value": {"<b>": [HOSTILE]}, "unit": "<i>", "as_of": "", "source": HOSTILE}},
    }
    change(project("fonna-bu"), changes, "system:test")
    for key in ("fonna-bu", "hnt-bu"):
        html = client.get(f"/en/portfolio/{key}/").content.decode()
        assert "<img src=x" not in html
        assert "<b>" not in html.replace("<b></b>", "")
    words = page(client, "fonna-bu").words
    assert words.count(" ".join(HOSTILE.split())) >= 9


# --- Who sees it, and by which address -------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["no-such-project/", "fonna%2Dbu%00/", "..%2f..%2fetc/", "a" * 300 + "/", "fonna_bu/"])
def test_an_unknown_key_is_not_found(client, path):
    assert client.get(f"/en/portfolio/{path}").status_code == 404


def test_a_draft_exists_for_those_who_may_see_it_alone(client, cast, person, sign_in):
    from helsevev.commons.people.rules import Role

    withdraw(project("mila-2026"), "system:test")
    address = "/en/portfolio/mila-2026/"
    for name in ("stranger", "nobody", "reader", "organisation_signer"):
        assert cast[name].get(address).status_code == 404, name
    member = sign_in(person(Role.PROJECT_MEMBER, "ullensaker-kommune"))
    outsider = sign_in(person(Role.PROJECT_MEMBER, "narvik-kommune"))
    assert outsider.get(address).status_code == 404
    for browser in (member, cast["secretariat"], cast["advisor"]):
        found = read(browser.get(address).content)
        assert "Draft: only those who work with it see this page" in found.words
        assert found.one("meta", name="robots").attributes["content"] == "noindex"
    # Nor do its kin tell of it.
    assert "/en/portfolio/mila-2026/" not in client.get("/en/portfolio/mila-2025/").content.decode()


def test_the_permanent_address_finds_the_reader_s_language(client):
    found = page(client, "fonna-bu")
    permanent = found.one("input", id="permalink").attributes["value"]
    assert permanent == f"{settings.SITE_URL}/portfolio/fonna-bu/"
    path = permanent.removeprefix(settings.SITE_URL)
    response = client.get(path, headers={"accept-language": "nn"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/nn/portfolio/fonna-bu/"


def test_the_same_page_in_the_other_languages(client):
    links = {
        a.attributes["hreflang"]: a.attributes["href"]
        for a in page(client, "fonna-bu").one("nav", class_="languages").all("a")
    }
    assert links == {code: f"/{code}/portfolio/fonna-bu/" for code in ("nb", "nn", "en")}


def test_what_others_see_when_it_is_shared(client):
    found = page(client, "fonna-bu")
    told = {
        meta.attributes["property"]: meta.attributes["content"]
        for meta in found.all("meta")
        if "property" in meta.attributes
    }
    assert told["og:title"] == "Health services for children and young people"
    assert told["og:description"].startswith("When a child needs help")


# --- Following and working with it -----------------------------------------------------------------------------------
def test_following_and_taking_it_back(cast):
    browser, address = cast["reader"], "/en/portfolio/fonna-bu/"
    assert "Follow this project" in read(browser.get(address).content).words
    answer = browser.post(f"{address}follow/", follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "You follow this project now." in read(answer.content).words
    browser.post(f"{address}follow/")
    assert Follow.objects.count() == 1
    assert "Stop following" in read(browser.get(address).content).words
    answer = browser.post(f"{address}follow/", {"stop": "yes"}, follow=True)
    assert "You no longer follow this project." in read(answer.content).words
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    ("language", "shown"),
    [("nb", "Hjemme på nett"), ("nn", "Heime på nett"), ("en", 'lang="nb">Hjemme på nett')],
)
def test_what_one_follows_is_named_in_one_s_language_else_marked(cast, language, shown):
    named = {"title": "Hjemme på nett", "title_nn": "Heime på nett", "title_en": None}
    change(project("mila-2026"), named, "test")
    cast["reader"].post("/en/portfolio/mila-2026/follow/")
    assert shown in cast["reader"].get(f"/{language}/me/").content.decode()


def test_a_followed_project_that_was_withdrawn_leads_nowhere(cast):
    cast["reader"].post("/en/portfolio/mila-2026/follow/")
    withdraw(project("mila-2026"), "test")
    mine = read(cast["reader"].get("/en/me/").content)
    assert not [one for one in mine.all("a") if one.attributes["href"].endswith("/portfolio/mila-2026/")]
    assert project("mila-2026").initiative.title_en in mine.words


def test_strangers_can_t_follow_and_drafts_can_t_be_followed(client, cast):
    assert "Follow this project" not in page(client, "fonna-bu").words
    assert client.post("/en/portfolio/fonna-bu/follow/").status_code == 404
    assert cast["reader"].get("/en/portfolio/fonna-bu/follow/").status_code == 405
    withdraw(project("fonna-bu"), "system:test")
    assert cast["reader"].post("/en/portfolio/fonna-bu/follow/").status_code == 404
    assert not Follow.objects.exists()


def test_the_way_to_work_stands_where_one_may_go_it(cast):
    answers = {name: browser.get("/en/portfolio/fonna-bu/") for name, browser in cast.items()}
    allowed = {
        name: (answer.context["may_edit"], answer.context["may_see_history"]) for name, answer in answers.items()
    }
    assert allowed["secretariat"] == (True, True)
    assert allowed["assessor"] == (False, True)
    for name in ("stranger", "nobody", "reader"):
        assert allowed[name] == (False, False)
        words = read(answers[name].content).all("article")[0].words
        assert "Edit" not in words
        assert "History" not in words


def test_statements_don_t_grow_with_what_the_page_holds(client):
    def cost(key: str) -> int:
        client.get(f"/en/portfolio/{key}/")
        with CaptureQueriesContext(connection) as statements:
            client.get(f"/en/portfolio/{key}/")
        return len(statements)

    before = cost("mila-2026")
    log = [{"on": str(2000 + number), "nb": "Noe", "nn": "", "en": "", "source": ""} for number in range(100)]
    change(project("mila-2026"), {"log": log}, "system:test")
    assert cost("mila-2026") <= before
    assert before <= 40
