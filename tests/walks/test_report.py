"""The annual report in a browser: its editor, the secretariat that publishes it, and its readers in two languages."""

from walks.test_meetings import look
from walks.walking import Walk, Windows

REPORT = "reports/2023/"
FOREWORD = "Oppdiktet forord om et oppdiktet år."


def read(walk: Walk, language: str) -> None:
    """From a headline to the rows behind it, and to what the period shows."""
    walk.go(f"/{language}/{REPORT}")
    look(walk)
    page = walk.page
    assert FOREWORD in page.locator("main").inner_text()
    assert str(page.locator("#appendix article").count()) in page.locator(".stats").inner_text().split()
    walk.follow(page.locator("#meetings-figures a[href$='/figures/meetings.webinars/']"))
    look(walk)
    assert page.locator("main ol a[href*='/meetings/webinar-2023-']").count() == 2
    walk.go(f"/{language}/reports/statistics/")
    look(walk)


def test_the_years_report_from_foreword_to_reader(windows: Windows) -> None:
    with windows.open("editor", bypass=True) as walk:
        walk.go(f"/nb/{REPORT}foreword/?language=nb")
        look(walk)
        walk.page.fill("#id_text", FOREWORD)
        walk.follow(walk.page.locator("main form button").last)
        walk.go(f"/nb/{REPORT}publish/", answers=404)
    with windows.open("secretariat", bypass=True) as walk:
        walk.go(f"/en/{REPORT}publish/")
        look(walk)
        walk.follow(walk.page.locator("main form button").last)
        assert walk.path() == f"/en/{REPORT}"
        assert "Edition 1" in walk.page.locator("main").inner_text()
    with windows.open(bypass=True) as walk:
        for language in ("nb", "en"):
            read(walk, language)
