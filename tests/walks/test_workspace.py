"""The case of going home early in a browser: a word is signed, a gate is decided, and a stranger sees nothing."""

from walks.walking import SIZES, Walk, Windows

ROOM = "/nb/guidance/sus-barsel/"
CLINIC, TOWN = "kvinneklinikken-stavanger", "stavanger-kommune"


def look(walk: Walk) -> None:
    """Nothing is wrong with the page as it stands, and it fits the narrowest window."""
    assert walk.axe() == [], walk.path()
    walk.page.set_viewport_size(SIZES["narrow"])  # type: ignore[arg-type]
    assert walk.sideways() == [], walk.path()
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]


def open_word(walk: Walk, name: str) -> None:
    """The page of a word."""
    walk.go(f"{ROOM}words/")
    walk.follow(walk.page.locator("main h2 a").get_by_text(name, exact=True))


def test_the_leader_sees_the_two_readings_and_works_along_the_roadmap(windows: Windows) -> None:
    with windows.open("project_leader", bypass=True) as walk:
        for path in (
            "roadmap/",
            "roadmap/phases/piloting/",
            "roadmap/stakeholders/",
            "roadmap/plan/",
            "roadmap/guide/",
        ):
            walk.go(ROOM + path)
            look(walk)
        walk.go(f"{ROOM}roadmap/risks/")
        look(walk)
        # The agreed word is a link to its meaning on the same page, by keyboard as well.
        word = walk.page.locator("a.agreed-word").first
        word.focus()
        walk.page.keyboard.press("Enter")
        assert walk.page.url.partition("#")[2].startswith("word-")
        open_word(walk, "tidlig hjemreise")
        assert walk.page.locator("#tests tbody tr").count() == 5
        assert walk.page.locator("#tests [data-color=danger]").count() == 3
        assert walk.page.locator("#signatures tbody tr").count() == 2
        look(walk)
        walk.go(f"{ROOM}roadmap/plan/new/")
        walk.page.fill("#id_title", "Oppdiktet møte")
        walk.page.fill("#id_ends", "2026-12-01")
        look(walk)
        walk.follow(walk.page.locator("#work-form button[value=save]"))
        assert walk.page.get_by_text("Oppdiktet møte").count() >= 2
        walk.go(f"{ROOM}roadmap/history/")
        walk.follow(walk.page.locator("form[action$='/undo/'] button").first)
        walk.go(f"{ROOM}roadmap/plan/")
        walk.follow(walk.page.locator("#deleted form button").first)
        assert walk.page.locator("#deleted").count() == 0


def test_the_hospital_signs_what_it_was_shown_and_both_levels_decide(windows: Windows) -> None:
    with windows.open("municipal_signer", bypass=True) as walk:
        open_word(walk, "pilot")
        assert walk.page.locator("a[href$='/sign/stavanger-kommune/']").count() == 0
        walk.go(walk.path() + f"sign/{CLINIC}/", answers=404)
    with windows.open("hospital_signer", bypass=True) as walk:
        open_word(walk, "pilot")
        look(walk)
        walk.follow(walk.page.locator(f"a[href$='/sign/{CLINIC}/']"))
        look(walk)
        walk.page.check("#id_read")
        walk.follow(walk.page.locator("main form button[type=submit]"))
        assert walk.page.locator("#signatures .not-stated").count() == 0
    for who, place in (("municipal_signer", TOWN), ("hospital_signer", CLINIC)):
        with windows.open(who, bypass=True) as walk:
            walk.go(f"{ROOM}roadmap/phases/piloting/")
            walk.follow(walk.page.locator("a[href*='/roadmap/gates/']").first)
            look(walk)
            walk.follow(walk.page.locator(f"a[href$='/decide/{place}/']"))
            walk.page.check("input[name=decision][value=conditional]")
            walk.page.fill("#id_reason", "Oppdiktet grunn.")
            walk.page.fill("#id_term_1", "Oppdiktet vilkår.")
            walk.page.fill("#id_due_1", "2099-01-01")
            look(walk)
            walk.follow(walk.page.locator("#work-form button[value=save]"))
    with windows.open("project_leader", bypass=True) as walk:
        walk.go("/nb/me/")
        assert walk.page.get_by_text("Oppdiktet vilkår.").count() == 2
        walk.go(f"{ROOM}roadmap/")
        assert walk.page.locator(".step[data-state=current]").count() == 1
        look(walk)


def test_the_advisor_reads_all_and_a_stranger_nothing(windows: Windows) -> None:
    with windows.open("advisor", bypass=True) as walk:
        open_word(walk, "tidlig hjemreise")
        assert walk.page.locator("a[href*='/sign/']").count() == 0
        assert walk.page.locator("a[href*='/parties/']").count() == 0
        walk.go(f"{ROOM}roadmap/")
        word = walk.page.locator("main").inner_text()
        assert word
    with windows.open() as walk:
        for path in ("roadmap/", "roadmap/risks/", "words/", "words/all/", "roadmap/phases/piloting/"):
            walk.go(ROOM + path, answers=404)
