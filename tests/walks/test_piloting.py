"""A pilot in a browser: leader, both signers, advisor and secretariat look and act; a stranger finds nothing."""

from playwright.sync_api import expect

from walks.walking import SIZES, Walk, Windows

ROOM = "/nb/guidance/sus-barsel/"
PILOT, EXPERIENCE = f"{ROOM}pilot/1/", f"{ROOM}experience/"


def look(walk: Walk) -> None:
    """Nothing is wrong with the page as it stands, wide or on a phone, and it fits the narrowest window."""
    for size in ("wide", "phone", "narrow"):
        walk.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        found = walk.sideways() if size == "narrow" else walk.axe()
        assert found == [], (walk.path(), size)
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]


def test_the_leader_looks_back_at_the_warning_and_reckons(windows: Windows) -> None:
    with windows.open("project_leader", bypass=True) as walk:
        walk.go(PILOT)
        look(walk)
        # The first look: the forecast had warned by day 73, under both priors.
        walk.follow(walk.page.locator("#looks tbody a").first)
        forecast = walk.page.locator("#forecast").inner_text()
        assert "23 (12–39)" in forecast
        assert "31 (17–49)" in forecast
        assert walk.page.locator("main .ds-alert[data-color=danger]").count() == 1
        look(walk)
        for path in (f"{PILOT}weeks/", f"{PILOT}protocol/", f"{PILOT}result/"):
            walk.go(path)
            look(walk)
        walk.go(f"{PILOT}protocol/edit/")
        # What is typed keeps itself, and stands there when one comes back.
        standing = walk.page.locator("#id_question").input_value()
        walk.page.fill("#id_question", "Oppdiktet, halvt skrevet")
        expect(walk.page.locator("#work-form [role=status]")).to_contain_text("Kladden")
        walk.go(f"{PILOT}protocol/edit/")
        assert walk.page.locator("#id_question").input_value() == "Oppdiktet, halvt skrevet"
        walk.follow(walk.page.locator("button[value=throw]"))
        assert walk.page.locator("#id_question").input_value() == standing
        walk.page.fill("#id_least", "28")
        walk.follow(walk.page.locator("button[name=calculate]"))
        # Clopper and Pearson's interval of 25 of 28, in whole per cent.
        assert "72" in walk.page.locator("#calculator tbody td").first.inner_text()
        look(walk)


def test_both_signers_the_advisor_the_secretariat_and_a_stranger(windows: Windows) -> None:
    with windows.open("hospital_signer", bypass=True) as walk:
        walk.go(EXPERIENCE)
        look(walk)
        assert walk.page.locator("form input[name=digest]").count() == 1
        walk.follow(walk.page.locator("form:has(input[name=digest]) button"))
        assert walk.page.locator("main .ds-alert[data-color=success]").count()
    with windows.open("municipal_signer", bypass=True) as walk:
        walk.go(f"{PILOT}protocol/")
        assert walk.page.locator("#signed tbody tr").count() == 2
        walk.go(EXPERIENCE)
        look(walk)
        walk.page.locator("main details:has(input[name=why]) summary").click()
        walk.page.fill("input[name=why]", "Oppdiktet grunn: teksten skal leses en gang til.")
        walk.follow(walk.page.locator("main details:has(input[name=why]) button"))
    for who in ("advisor", "secretariat"):
        with windows.open(who, bypass=True) as walk:
            for path in (PILOT, f"{PILOT}protocol/", EXPERIENCE):
                walk.go(path)
            walk.go(f"{PILOT}review/2025-06-13/", answers=404)
    with windows.open() as walk:
        for path in (PILOT, f"{PILOT}protocol/", f"{PILOT}weeks.csv", EXPERIENCE):
            walk.go(path, answers=404)
