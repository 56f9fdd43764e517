"""The list of projects: what it shows, how it is narrowed, and that every way of asking gets a kind answer."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import Element, read

from helsevev.core.alphabet import sort_key
from helsevev.network.portfolio.actions import change, publish, withdraw
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries import listing

DATA = json.loads((Path(__file__).resolve().parents[2] / "data" / "portfolio.json").read_text(encoding="utf-8"))
LIST = "/en/portfolio/"
HOSTILE = "<script>alert('1')</script>\"&"


def page(client: Client, query: str = "", address: str = LIST) -> Element:
    """The page at an address, after at most one step to its clean form."""
    response = client.get(address + query, follow=True)
    assert response.status_code == 200, query
    assert len(response.redirect_chain) < 2, query
    return read(response.content)


def titles(found: Element) -> list[str]:
    return [card.one("h3").words for card in found.all("article", class_="card")]


def total(found: Element) -> int:
    return int(found.one("h2", id="hits").words.split()[0])


def facet(found: Element, name: str) -> dict[str, int]:
    """The values of a facet on the page, and how many each says it would leave."""
    boxes = found.all("input", type="checkbox", name=name)
    labels = {label.attributes.get("for"): label for label in found.all("label")}
    return {
        box.attributes["value"]: int(labels[box.attributes["id"]].one("span", class_="count").words.split()[-1])
        for box in boxes
    }


def project(key: str) -> Project:
    return Project.objects.select_related("initiative").get(initiative__key=key)


# --- What it shows ---------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
class TestShows:
    def test_the_awarded_projects_first_and_the_others_apart(self, client):
        found = page(client)
        assert total(found) == 73
        assert len(titles(found)) == 60
        tabs = found.one("nav", class_="tabs")
        assert [tab.words for tab in tabs.all("a")] == [
            "Awarded projects (73)",
            "Only mentioned (5)",
            "Examples without an award (7)",
        ]
        assert len(titles(page(client, "?listing=mentioned"))) == 5
        assert len(titles(page(client, "?listing=example"))) == 7

    def test_pages_hold_every_project_once(self, client):
        first, second = titles(page(client)), titles(page(client, "?page=2"))
        assert len(first) == 60
        assert len(second) == 13
        hrefs = {a.attributes["href"] for q in ("", "?page=2") for h in page(client, q).all("h3") for a in h.all("a")}
        assert len(hrefs) == 73

    @pytest.mark.parametrize("query", ["?page=3", "?page=999999"])
    def test_a_page_after_the_last_is_the_last(self, client, query):
        assert titles(page(client, query)) == titles(page(client, "?page=2"))

    def test_a_card_says_who_where_and_when_and_what_isn_t_stated(self, client):
        card = page(client, "?q=MILA&year=2026").one("article")
        assert "Ullensaker kommune with Akershus universitetssykehus" in card.words
        assert "South-Eastern Norway" in card.words
        assert "2026, round 1" in card.words
        assert "Tailored guidance" in card.words
        assert "Transition to operation" in card.words
        unstated = next(c for c in page(client).all("article") if not c.all("ul", class_="cluster"))
        assert "Phase not stated" in unstated.words

    @pytest.mark.parametrize(
        ("language", "title", "region"),
        [
            ("nb", "Barn og unges helsetjeneste", "Helse Vest"),
            ("nn", "Helseteneste for barn og unge", "Helse Vest"),
            ("en", "Health services for children and young people", "Western Norway"),
        ],
    )
    def test_in_the_reader_s_language(self, client, language, title, region):
        found = page(client, "?year=2020", f"/{language}/portfolio/")
        assert titles(found) == [title]
        assert region in found.one("article").words

    def test_a_title_that_isn_t_translated_says_its_language(self, client):
        change(project("fonna-bu"), {"title_en": None, "summary_en": None}, "system:test")
        card = page(client, "?year=2020").one("article")
        assert card.one("h3").attributes["lang"] == "nb"
        assert card.all("p")[1].attributes["lang"] == "nb"
        assert "lang" not in page(client, "?year=2020", "/nb/portfolio/").one("article").one("h3").attributes

    def test_markup_in_every_field_is_shown_as_it_was_written(self, client):
        texts = dict.fromkeys(("title", "title_en", "summary_nb", "summary_en"), HOSTILE)
        change(project("fonna-bu"), texts, "system:test")
        for query in ("?year=2020", "?q=script&year=2020"):
            html = client.get(LIST + query).content.decode()
            assert "<script>alert" not in html
            card = read(html).one("article")
            assert HOSTILE in card.one("h3").words
            assert HOSTILE in card.words.replace(card.one("h3").words, "", 1)

    def test_drafts_are_for_staff(self, client, cast):
        withdraw(project("fonna-bu"), "system:test")
        assert total(page(client)) == 72
        assert total(page(cast["reader"])) == 72
        staff = page(cast["secretariat"])
        assert total(staff) == 73
        draft = next(card for card in page(cast["secretariat"], "?year=2020").all("article"))
        assert "Draft" in draft.words
        assert total(page(client, "?year=2020")) == 0
        publish(project("fonna-bu"), "system:test")
        assert total(page(client, "?year=2020")) == 1


# --- Narrowing -------------------------------------------------------------------------------------------------------
def stated(row: dict, name: str) -> list[str]:
    """The values of a row of the file, by the names of facets: the slow, obvious way."""
    awarded = row["awarded"]
    year = str(awarded["year"] or "")
    return {
        "region": row["region"],
        "patient_group": row["patient_groups"],
        "support": [row["support"] or ""],
        "year": [year],
        "round": [f"{year}-{awarded['round']}"] if awarded["round"] else [],
        "kind": [row["kind"] or ""],
        "status": [(row["status"] or "").partition("-")[0]],
    }[name]


VALUES = {
    name: sorted({value for row in DATA["projects"] for value in stated(row, name)})
    for name in ("region", "patient_group", "support", "year", "round", "kind", "status")
}
CHOICES = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), unique=True, min_size=1) for name, values in VALUES.items()}
)


@pytest.mark.usefixtures("portfolio")
class TestNarrows:
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(CHOICES)
    def test_choices_select_and_count_as_the_file_says(self, chosen):
        params = {name: [value or "not-stated" for value in values] for name, values in chosen.items()}
        selection = listing.select(params)

        def fits(row: dict, but: str = "") -> bool:
            return all(set(values) & set(stated(row, name)) for name, values in chosen.items() if name != but)

        wanted = {row["id"] for row in DATA["projects"] if fits(row)}
        assert set(selection.projects.values_list("initiative__key", flat=True)) == wanted
        assert selection.total == len(wanted)
        for name, values in VALUES.items():
            for value in values:
                others = [row for row in DATA["projects"] if fits(row, name) and value in stated(row, name)]
                assert selection.counts[name].get(value, 0) == len(others), (name, value)

    @pytest.mark.parametrize("name", ["region", "phase", "patient_group", "year", "county", "status", "theme"])
    def test_each_number_is_what_choosing_it_leaves(self, client, name):
        counts = facet(page(client, "?support=guidance"), name)
        assert counts
        for value, count in counts.items():
            assert total(page(client, f"?support=guidance&{name}={value}")) == count

    def test_not_stated_is_counted_and_says_what_the_count_rests_on(self, client):
        found = page(client)
        counts = facet(found, "phase")
        assert sum(counts.values()) == 73
        stated_ = 73 - counts["not-stated"]
        assert f"Stated for {stated_} of 73." in found.words
        assert total(page(client, "?phase=not-stated")) == counts["not-stated"]

    def test_a_long_facet_shows_twelve_and_is_searched_without_a_script(self, client):
        found = page(client)
        assert len(facet(found, "theme")) == 12
        assert len(facet(found, "organisation")) == 12
        assert found.all("input", name="theme_has")
        assert not found.all("input", name="region_has")
        some = page(client, "?theme_has=follow")
        labels = [
            label.words.lower() for label in some.all("label") if "facet-theme-" in label.attributes.get("for", "")
        ]
        assert labels
        assert all("follow" in label for label in labels)
        assert total(some) == 73
        hospital = page(client, "?organisation_has=alesund")
        assert set(facet(hospital, "organisation")) == {"alesund-sykehus", "alesund-kommune"}

    def test_a_choice_stays_on_the_page_however_rare(self, client):
        rare = min(listing.select({}).counts["theme"].items(), key=lambda pair: (pair[1], pair[0]))[0]
        found = page(client, f"?theme={rare}")
        box = next(b for b in found.all("input", name="theme") if b.attributes["value"] == rare)
        assert "checked" in box.attributes

    def test_choices_are_tags_that_can_be_taken_away(self, client):
        found = page(client, "?q=hjem&region=HSO&region=HV")
        chips = found.one("ul", class_="chips").all("a")
        assert [chip.words for chip in chips] == [
            "Remove: Search: hjem",
            "Remove: Health region: South-Eastern Norway",
            "Remove: Health region: Western Norway",
            "Remove all",
        ]
        assert [chip.attributes["href"] for chip in chips] == [
            f"{LIST}?region=HSO&region=HV",
            f"{LIST}?q=hjem&region=HV",
            f"{LIST}?q=hjem&region=HSO",
            LIST,
        ]

    def test_the_map_leads_where_it_says_and_stands_as_a_table_too(self, client):
        found = page(client)
        tiles = {tile.all("span")[2].words: tile for tile in found.one("ul", class_="tilemap").all("li")}
        assert len(tiles) == 15
        vestland = tiles["Vestland:"].one("a")
        count = int(vestland.one("span", class_="tile-count").words)
        assert vestland.attributes["href"] == f"{LIST}?county=46"
        assert total(page(client, "?county=46")) == count
        rows = {row.one("th").words: row.one("td").words for row in found.one("table", id="map-table").all("tr")[1:]}
        assert rows["Vestland"] == str(count)
        assert len(rows) == 15
        assert page(client, "?county=46").one("a", aria_current="true", href=LIST)

    def test_a_family_is_reached_by_address_and_shown_as_a_tag(self, client):
        found = page(client, "?family=fonna-bu")
        assert total(found) == 4
        assert "Family: Health services for children and young people" in found.one("ul", class_="chips").words
        assert found.one("input", type="hidden", name="family").attributes["value"] == "fonna-bu"

    def test_files_and_feeds_are_of_the_same_selection(self, client):
        links = [a.attributes["href"] for a in page(client, "?region=HV").one(
            "ul", class_="downloads").all("a")]  # fmt: skip
        names = ["export.csv", "export.xlsx", "export.json", "feed.rss", "feed.json"]
        assert links == [f"{LIST}{name}?region=HV" for name in names]
        assert all(client.get(link).status_code == 200 for link in links)


# --- Searching and sorting -------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
class TestSearchesAndSorts:
    def test_what_was_searched_for_is_marked(self, client):
        found = page(client, "?q=dialyse", "/nb/portfolio/")
        assert total(found) == len(titles(found)) > 0
        assert "dialyse" in " ".join(mark.words.lower() for mark in found.all("mark"))

    def test_the_best_match_comes_first_unless_asked_otherwise(self, client):
        best = titles(page(client, "?q=hjemmesykehus", "/nb/portfolio/"))
        assert "hjemmesykehus" in best[0].lower()
        by_title = titles(page(client, "?q=hjemmesykehus&sort=title", "/nb/portfolio/"))
        assert sorted(best) == sorted(by_title)
        assert by_title == sorted(by_title, key=sort_key)

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_titles_follow_the_alphabet(self, client, language):
        change(
            project("fonna-bu"), {"title": "Åpen dør", "title_nn": "Åpen dør", "title_en": "Åpen dør"}, "system:test"
        )
        change(project("eteam"), {"title": "Ærlig talt", "title_nn": None, "title_en": None}, "system:test")
        found = titles(page(client, "?sort=title&page=2", f"/{language}/portfolio/"))
        assert found == sorted(found, key=sort_key)
        assert found[-2:] == ["Ærlig talt", "Åpen dør"]

    def test_last_changed_first(self, client):
        change(project("mila2"), {"contact_role": "Project leader"}, "system:test")
        first = page(client, "?sort=changed").all("h3")[0].one("a").attributes["href"]
        assert first == f"{LIST}mila2/"

    def test_newest_award_first_and_those_without_a_year_last(self, client):
        change(project("mila-2026"), {"award_year": None, "award_round": None}, "system:test")
        hrefs = [h.one("a").attributes["href"] for h in page(client, "?page=2").all("h3") if h.all("a")]
        assert hrefs[-1] == f"{LIST}mila-2026/"
        years = list(listing.select({}).projects.values_list("award_year", flat=True))[:-1]
        assert years == sorted(years, reverse=True)


# --- Addresses and live parts ----------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
class TestAddresses:
    @pytest.mark.parametrize(
        ("query", "clean"),
        [
            ("?q=&region=&sort=", ""),
            ("?region=HV&region=HN&region=HV", "?region=HN&region=HV"),
            ("?utm_source=mail&q=hjem", "?q=hjem"),
            ("?page=abc", ""),
            ("?page=-1&sort=bogus", ""),
            ("?q=hjem%00sykehus", "?q=hjem%EF%BF%BDsykehus"),
        ],
    )
    def test_an_address_in_disorder_leads_to_its_clean_form(self, client, query, clean):
        response = client.get(LIST + query)
        assert response.status_code == 302
        assert response.headers["Location"] == LIST + clean
        assert client.get(response.headers["Location"]).status_code == 200

    def test_how_letters_are_encoded_doesn_t_matter(self, client):
        for query in ("?q=s%C3%A5r", "?q=s%c3%a5r", "?q=sår"):
            assert client.get(LIST, QUERY_STRING=query[1:]).status_code == 200

    def test_what_was_left_out_is_said(self, client):
        found = page(client, "?q=" + "a" * 250)
        assert "The search was longer than 200 characters" in found.words
        assert len(found.one("input", id="q").attributes["value"]) == 200

    def test_an_unknown_value_gives_an_explanation_and_a_way_back(self, client):
        found = page(client, "?theme=no-such-theme")
        assert total(found) == 0
        assert "No project fits" in found.words
        assert "Theme: no-such-theme" in found.one("ul", class_="chips").words
        assert found.one("div", class_="empty").one("a").attributes["href"] == LIST

    def test_a_live_part_is_the_part_alone_with_its_address(self, client):
        response = client.get(LIST + "?region=HV&sort=&q=", headers={"HX-Request-Type": "partial"})
        assert response.status_code == 200
        assert response.headers["HX-Push-Url"] == f"{LIST}?region=HV"
        assert "HX-Request-Type" in response.headers["Vary"]
        part = read(response.content)
        assert [child.tag for child in part.children] == ["form"]
        whole = page(client, "?region=HV").one("form", id="list")
        assert part.one("form").words == whole.words

    def test_other_methods_are_refused(self, client):
        assert client.post(LIST).status_code in (403, 405)
        assert client.head(LIST).status_code == 200

    ODD = st.text(max_size=30) | st.sampled_from(["\x00", "\ud800", "%", "*", '"', "NEAR(", "a AND", "'; DROP--", "🎉"])

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(
        st.dictionaries(
            st.sampled_from(["q", "page", "sort", "listing", "region", "organisation_has", "theme", "family", "moved"]),
            ODD,
            max_size=4,
        )
    )
    def test_no_address_fails(self, asked):
        query = "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in asked.items())
        page(Client(), f"?{query}")

    @pytest.mark.parametrize(
        "query",
        [
            "q=%ff%fe%00",
            "q=" + "%C3%A5" * 3000,
            "page=" + "9" * 5000,
            "&".join(f"region={number}" for number in range(900)),
            "q[]=1&q[$ne]=2",
            "region=" + "x" * 5000,
            "=&=&&;",
        ],
    )
    def test_hostile_addresses_get_a_kind_answer(self, client, query):
        assert "Traceback" not in page(client, f"?{query}").words

    def test_more_parameters_than_any_form_has_are_refused_without_a_fault(self, client):
        response = client.get(LIST, QUERY_STRING="&".join(f"x{number}=1" for number in range(2000)))
        assert response.status_code == 400
