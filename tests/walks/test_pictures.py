"""Takes the pictures of the manual, when asked: HELSEVEV_PICTURES=1. Otherwise sees that none is missing there."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from walks import awarding, guided
from walks.keeping import change_the_contact, compare_with_the_first_version, look_at_a_workbook
from walks.walking import PICTURES, ROOT, Walk, Windows

MOST = 150_000
TAKE = bool(os.environ.get("HELSEVEV_PICTURES"))
PRICES = "toolbox/prices/eksempel-ett-oppfolgingssenter-for-ti-kommuner"
# File name: who sees it, in which window and language, where, and what is scrolled to.
SHOTS: dict[str, tuple[str, str, str, str, str]] = {
    "front-wide-nb": ("stranger", "wide", "nb", "", ""),
    "front-phone-nb": ("stranger", "phone", "nb", "", ""),
    "front-wide-en": ("stranger", "wide", "en", "", ""),
    "list-wide-nb": ("stranger", "wide", "nb", "portfolio/?phase=piloting", ""),
    "list-wide-en": ("stranger", "wide", "en", "portfolio/?phase=piloting", ""),
    "list-phone-nb": ("stranger", "phone", "nb", "portfolio/", ""),
    "project-wide-en": ("stranger", "wide", "en", "portfolio/mila-2026/", ""),
    "project-phone-nb": ("stranger", "phone", "nb", "portfolio/mila-2026/", ""),
    "timeline-wide-nb": ("stranger", "wide", "nb", "portfolio/mila-2026/", ".project-parts"),
    "family-wide-en": ("stranger", "wide", "en", "portfolio/mila-2026/", "#kin"),
    "dashboard-wide-en": ("stranger", "wide", "en", "portfolio/dashboard/", "#about-phases"),
    "dashboard-phone-nb": ("stranger", "phone", "nb", "portfolio/dashboard/", "#about-phases"),
    "visits-wide-nb": ("stranger", "wide", "nb", "visits/", ""),
    "visits-phone-nb": ("stranger", "phone", "nb", "visits/", "#channels"),
    "visits-quarters-wide-en": ("secretariat", "wide", "en", "visits/?period=2026-Q3", "#quarters-list-caption"),
    "followers-wide-en": ("secretariat", "wide", "en", "visits/social/", "#facebook"),
    "followers-month-wide-nb": ("secretariat", "wide", "nb", "visits/social/2026-10/", ""),
    "newsletter-phone-nb": ("stranger", "phone", "nb", "newsletter/subscribe/", ""),
    "newsletter-write-wide-nb": ("secretariat", "wide", "nb", "newsletter/desk/", ""),
    "newsletter-preview-wide-en": ("secretariat", "wide", "en", "newsletter/desk/", ""),
    "newsletter-figures-wide-nb": ("secretariat", "wide", "nb", "newsletter/figures/", ""),
    "cookies-wide-nb": ("stranger", "wide", "nb", "cookies/", ""),
    "organisation-wide-nb": ("stranger", "wide", "nb", "organisations/ullensaker-kommune/", ""),
    "sign-in-wide-en": ("stranger", "wide", "en", "account/sign-in/", ""),
    "sign-in-phone-nb": ("stranger", "phone", "nb", "account/sign-in/", ""),
    "my-page-wide-en": ("project_leader", "wide", "en", "me/", ""),
    "my-page-phone-nb": ("project_leader", "phone", "nb", "me/", ""),
    "work-wide-en": ("secretariat", "wide", "en", "portfolio/staff/", ""),
    "edit-wide-en": ("secretariat", "wide", "en", "portfolio/mila-2026/edit/", ""),
    "edit-phone-nb": ("secretariat", "phone", "nb", "portfolio/mila-2026/edit/", ""),
    "history-wide-en": ("secretariat", "wide", "en", "portfolio/mila-2026/history/", ""),
    "compare-wide-en": ("secretariat", "wide", "en", "portfolio/orkdal-telepsykiatri/history/", ""),
    "import-wide-en": ("secretariat", "wide", "en", "portfolio/import/", ""),
    "new-wide-en": ("secretariat", "wide", "en", "portfolio/new/", ""),
    "roles-wide-en": ("organisation_signer", "wide", "en", "people/in/ullensaker-kommune/", ""),
    "price-wide-nb": ("project_leader", "wide", "nb", f"{PRICES}/", ""),
    "price-wide-en": ("project_leader", "wide", "en", f"{PRICES}/", ""),
    "price-phone-nb": ("project_leader", "phone", "nb", f"{PRICES}/", "#answer"),
    "price-doubts-wide-en": ("project_leader", "wide", "en", f"{PRICES}/uncertainty/", "#tornado"),
    "price-need-phone-nb": ("project_leader", "phone", "nb", f"{PRICES}/need/", "figure"),
    "price-inputs-wide-en": ("project_leader", "wide", "en", f"{PRICES}/inputs/staff/", ""),
    "price-agreement-wide-en": ("project_leader", "wide", "en", f"{PRICES}/agreement/", ""),
    "forms-wide-en": ("secretariat", "wide", "en", "forms/", ""),
    "build-wide-en": ("secretariat", "wide", "en", "forms/application/build/", ""),
    "build-question-wide-en": ("secretariat", "wide", "en", "forms/application/build/question/need_text/", ""),
    "build-preview-wide-en": ("secretariat", "wide", "en", "forms/application/preview/", ""),
    "call-wide-nb": ("stranger", "wide", "nb", "calls/2026-2/", ""),
    "call-phone-en": ("stranger", "phone", "en", "calls/2026-2/", ""),
    "round-wide-en": ("secretariat", "wide", "en", "rounds/2026-2/", ""),
    "criteria-wide-en": ("secretariat", "wide", "en", "rounds/2026-2/criteria/", ""),
    "begin-wide-en": ("project_leader", "wide", "en", "calls/2026-2/apply/", ""),
    "scores-wide-en": (
        "secretariat",
        "wide",
        "en",
        "assessment/rounds/2025-3/scores/",
        "section[aria-labelledby=order]",
    ),
    "trail-wide-en": ("administrator", "wide", "en", "trail/", ""),
    "figures-wide-nb": ("stranger", "wide", "nb", "reports/statistics/", ""),
    "report-wide-nb": ("stranger", "wide", "nb", "reports/2022/", ""),
    "meetings-wide-nb": ("stranger", "wide", "nb", "meetings/", ""),
    "meetings-phone-en": ("stranger", "phone", "en", "meetings/", ""),
    "meeting-held-wide-nb": ("stranger", "wide", "nb", "meetings/demo-seminar-2026-10-28/", ""),
    "report-figure-wide-en": ("stranger", "wide", "en", "reports/2022/figures/meetings.webinars/", ""),
    "survey-results-wide-nb": ("stranger", "wide", "nb", "surveys/satisfaction-2025/", "#part-2"),
    "survey-wide-nb": ("stranger", "wide", "nb", "surveys/", ""),
    "survey-phone-en": ("stranger", "phone", "en", "surveys/", ""),
    "knowledge-wide-nb": ("stranger", "wide", "nb", "knowledge/", ""),
    "knowledge-phone-en": ("stranger", "phone", "en", "knowledge/", ""),
    "page-wide-nb": ("stranger", "wide", "nb", "knowledge/frogner-frisklivssentral/", ""),
    "search-wide-nb": ("stranger", "wide", "nb", "search/?q=heimeoppfølging", ""),
    "search-phone-en": ("stranger", "phone", "en", "search/?q=KOLS", ""),
    "take-wide-nb": ("editor", "wide", "nb", "knowledge/desk/take/?q=barsel", ""),
    "words-wide-en": ("editor", "wide", "en", "search/words/", ""),
    "comment-phone-nb": ("stranger", "phone", "nb", "knowledge/gevinstplan/", "#write"),
    "comments-wide-nb": ("editor", "wide", "nb", "comments/queue/", ""),
    **guided.SHOTS,
}


def compare(walk: Walk, _folder: Path) -> None:
    """A contact changed, and set beside what the project began with."""
    change_the_contact(walk, "/en/portfolio/orkdal-telepsykiatri/", "Project leader at the clinic")
    compare_with_the_first_version(walk, "/en/portfolio/orkdal-telepsykiatri/")


def look(walk: Walk, folder: Path) -> None:
    """A workbook that would change one project."""
    look_at_a_workbook(walk, folder, "siv-nyfodt", "Head nurse of the neonatal ward")


def preview(walk: Walk, folder: Path) -> None:
    """The newest letter as mail programs show it."""
    guided.into_the_first("main tbody a[href*='/newsletter/desk/']")(walk, folder)
    walk.go(f"{walk.path()}preview/")


# What is done on the page before its picture is taken.
STEPS: dict[str, Callable[[Walk, Path], None]] = {
    "compare-wide-en": compare,
    "import-wide-en": look,
    "comment-phone-nb": guided.into_the_first("a.ds-button[href*='/comments/page/']"),
    "newsletter-write-wide-nb": guided.into_the_first("main tbody a[href*='/newsletter/desk/']"),
    "newsletter-preview-wide-en": preview,
    **guided.STEPS,
}


def take(walk: Walk, name: str, to: str) -> None:
    """The visible window, as a small PNG."""
    if to:
        walk.page.locator(to).first.evaluate("(one) => one.scrollIntoView({block: 'start'})")
    walk.page.wait_for_load_state("networkidle")
    PICTURES.mkdir(parents=True, exist_ok=True)
    walk.page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.skipif(not TAKE, reason="the manual's pictures are taken with HELSEVEV_PICTURES=1")
@pytest.mark.parametrize("name", SHOTS)
def test_take(windows: Windows, name: str, tmp_path: Path) -> None:
    who, size, language, path, to = SHOTS[name]
    with windows.open(who, size=size, language=language) as walk:
        walk.go(f"/{language}/{path}")
        if name in STEPS:
            STEPS[name](walk, tmp_path)
        take(walk, name, to)
    assert (PICTURES / f"{name}.png").stat().st_size < MOST


def test_the_manual_shows_every_picture_and_none_is_missing() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "manual").glob("*.md"))
    shown = set(re.findall(r"\(pictures/([\w-]+)\.png\)", pages))
    assert shown == {*SHOTS, *awarding.PICTURES}
    assert {file.stem for file in PICTURES.glob("*.png")} == shown
