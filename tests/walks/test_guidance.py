"""Guidance in a browser: an advisor books, a leader disputes, the secretariat answers, and others find nothing."""

from walks.walking import SIZES, Walk, Windows

ROOM = "/nb/guidance/sus-barsel/"


def look(walk: Walk) -> None:
    """Nothing is wrong with the page as it stands, wide or on a phone, and it fits the narrowest window."""
    for size in ("wide", "phone", "narrow"):
        walk.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        found = walk.sideways() if size == "narrow" else walk.axe()
        assert found == [], (walk.path(), size)
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]


def left(walk: Walk) -> str:
    """What the page says is left."""
    walk.go(ROOM)
    return walk.page.locator(".stats .stat, .stats > *").first.inner_text()


def test_an_advisor_books_and_a_leader_answers(windows: Windows) -> None:
    with windows.open("advisor", bypass=True) as walk:
        walk.go("/nb/portfolio/sus-barsel/")
        walk.follow(walk.page.locator(f"main a[href='{ROOM}']"))
        look(walk)
        before = left(walk)
        walk.page.locator("#book > summary").click()
        walk.page.locator("#id_minutes").fill("1:15")
        walk.page.locator("#id_what").fill("Oppdiktet: samtale med kommunen")
        walk.follow(walk.page.locator("#book form button").first)
        after = left(walk)
        assert before != after
    with windows.open("project_leader", bypass=True) as walk:
        assert left(walk) == after
        walk.follow(walk.page.locator("#ledger tbody a").first)
        walk.page.locator("#id_comment").fill("Oppdiktet: det var en time")
        walk.follow(walk.page.locator("button[value=disputed]"))
        look(walk)
        walk.go(f"{ROOM}sessions/")
        look(walk)
        walk.follow(walk.page.locator("main .work-list a").first)
        look(walk)
        walk.go(f"{ROOM}engagement/")
        look(walk)


def test_the_secretariat_looks_after_the_hours(windows: Windows) -> None:
    with windows.open("secretariat", bypass=True) as walk:
        for path in ("", "load/", "capacity/", "groups/", "open/"):
            walk.go(f"/nb/guidance/{path}")
            look(walk)
        walk.go(f"{ROOM}sessions/new/")
        walk.follow(walk.page.locator("button[name=template]"))
        assert "min:" in walk.page.locator("#id_agenda").input_value()
        look(walk)
        walk.go(ROOM)
        walk.page.locator("textarea[name=why]").first.fill("Oppdiktet: andre har nytte av notatet")
        walk.follow(walk.page.locator("button[value=allow]").first)
        assert walk.page.locator("main .ds-alert[data-color=success]").count()


def test_others_find_nothing(windows: Windows) -> None:
    for who in ("stranger", "reader"):
        with windows.open(who) as walk:
            for path in (ROOM, f"{ROOM}sessions/", f"{ROOM}hours/ledger.xlsx", "/nb/guidance/"):
                walk.go(path, answers=404)
