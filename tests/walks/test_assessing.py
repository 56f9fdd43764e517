"""Assessment in a browser: the secretariat looks, an assessor declares and scores, and a stranger finds nothing."""

from walks.walking import SIZES, Walk, Windows

ROUND = "/nb/assessment/rounds/2025-3/"
LOOKED_AT = ("", "sharing/", "scores/", "board/", "minutes/", "letters/", "publishing/")


def look(walk: Walk) -> None:
    """Nothing is wrong with the page as it stands, wide or on a phone, and it fits the narrowest window."""
    for size in ("wide", "phone", "narrow"):
        walk.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        found = walk.sideways() if size == "narrow" else walk.axe()
        assert found == [], (walk.path(), size)
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]


def test_the_secretariat_looks_through_a_round(windows: Windows) -> None:
    with windows.open("secretariat", bypass=True) as walk:
        walk.go("/nb/rounds/2025-3/")
        walk.follow(walk.page.locator(f"main a[href='{ROUND}']"))
        for path in LOOKED_AT:
            walk.go(ROUND + path)
            look(walk)
        walk.go(ROUND)
        walk.follow(walk.page.locator("#applications tbody a").first)
        look(walk)


def test_an_assessor_declares_and_scores_and_a_stranger_finds_nothing(windows: Windows) -> None:
    with windows.open("assessor", bypass=True) as walk:
        walk.go("/nb/assessment/")
        look(walk)
        # What waits stands first: it isn't declared yet.
        walk.follow(walk.page.locator("#tasks ~ ul a").first)
        application = walk.path().removesuffix("declare/")
        if walk.path() != application:
            look(walk)
            walk.page.locator("main form input[value=no]").check()
            walk.follow(walk.page.locator("main form button").first)
        look(walk)
        walk.follow(walk.page.locator(f"main a[href='{application}score/']"))
        look(walk)
        _score(walk)
        assert walk.path() == application
        assert walk.page.locator("main .ds-alert[data-color=success]").count()
    with windows.open() as walk:
        for path in (ROUND, application, f"{application}score/", "/nb/assessment/"):
            walk.go(path, answers=404)


def _score(walk: Walk) -> None:
    """Every criterion gets its second level and a reason, the advice is the first, and the assessment is given."""
    _fill(walk, 1)
    walk.follow(walk.page.locator(".edit-bar button").first)
    look(walk)
    _fill(walk, 0)
    walk.follow(walk.page.locator(".edit-bar button").first)
    look(walk)
    walk.follow(walk.page.locator("main a[href$='/give/']").first)
    look(walk)
    walk.follow(walk.page.locator("main form button").first)


def _fill(walk: Walk, level: int) -> None:
    form = walk.page.locator("#sheet-form")
    for name in sorted(set(form.locator("[type=radio]").evaluate_all("all => all.map((one) => one.name)"))):
        form.locator(f"[type=radio][name='{name}']").nth(level).check()
    for choice in form.locator("select").all():
        choice.select_option(index=level + 1)
    for field in form.locator("textarea:visible").all():
        field.fill("Oppdiktet grunn.")
    walk.settle()
