"""An award year from call to decision in a real browser: written in nb, and the same pages looked through in en.

It closes the demonstration's open call, so it comes last of the walks.
"""

from playwright.sync_api import expect

from walks import awarding
from walks.applying import begin, invite, join
from walks.awarding import AT, CALL, KEEPING, PICTURES
from walks.test_pictures import TAKE, take
from walks.walking import PICTURES as FOLDER
from walks.walking import SIZES, Walk, Windows

TITLE = "Oppdiktet: Felles team for skrøpelige eldre"


def test_the_year(windows: Windows) -> None:
    """As applicant, two co-authors, signer, secretariat, assessor with and without ties, both groups, and stranger."""
    address = _apply(windows)
    application = f"/nb/assessment{address.removeprefix('/nb')}"
    _close_and_screen(windows, application)
    _assess(windows, application)
    _decide(windows, application)
    _tell(windows, application)
    pages = ("", "sharing/", "scores/", "board/", "minutes/", "letters/", "publishing/", "figures/")
    inside = [AT + page for page in pages] + [application, f"{application}screening/", KEEPING, f"{address}form/"]
    with windows.open() as stranger:
        for path in (*inside, address, f"{application}decision/", f"{address}receipt/1/", f"{address}receipt/1.pdf"):
            stranger.go(path, answers=404)
        stranger.go(CALL)
        _picture(stranger, "awards-wide-nb")
    _in_english(windows, [AT + page for page in pages], {"secretariat": [KEEPING, application, f"{AT}letters/"],
        "steering_group": [f"{AT}board/"], "project_leader": [address, f"{address}form/", f"{address}receipt/1/",
        f"{application}decision/"], "stranger": [CALL, "/nb/calls/"], "assessor": ["/nb/assessment/"]})  # fmt: skip


def _apply(windows: Windows) -> str:
    """Two write at once, both sides confirm, and it is sent in."""
    with windows.open("project_leader", own=True) as leader:
        address = begin(leader, TITLE)
        link = invite(leader, "project-member@example.invalid")
        with windows.open("project_member", own=True) as other:
            assert join(other, link) == address
            _write_at_once(leader, other, f"{address}form/")
        awarding.fill_in(leader, f"{address}form/")
        with windows.open("organisation_signer") as signer:
            awarding.confirm_for_both(signer, address)
        receipt = awarding.send_in(leader, address)
        _picture(leader, "receipt-wide-nb")
        assert leader.axe() == []
        assert leader.page.context.request.get(f"{leader.address}{receipt.rstrip('/')}.pdf").ok
        _picture(leader, "application-phone-nb", address)
    return address


def _write_at_once(leader: Walk, other: Walk, form: str) -> None:
    """Both write in the same field before either has seen the other's text, and one chooses both."""
    for walk in (leader, other):
        walk.go(form)
    field = "textarea[name='summary']"
    other.page.locator(field).focus()
    for walk, text in ((leader, "Et felles team møter eldre hjemme."), (other, "Teamet er fra kommune og sykehus.")):
        with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
            walk.page.locator(field).fill(text)
    meeting = other.page.locator("#clash-summary .sheet-meeting")
    expect(meeting).to_be_visible()
    _picture(other, "apply-clash-wide-nb", of="#at-summary")
    other.follow(meeting.locator("button[value^='both:']"))
    leader.go(form)
    expect(leader.page.locator(field)).to_have_value(
        "Et felles team møter eldre hjemme.\n\nTeamet er fra kommune og sykehus."
    )
    _picture(leader, "apply-form-wide-nb")


def _close_and_screen(windows: Windows, application: str) -> None:
    """The call closes, every application is screened, and all are shared out."""
    with windows.open("secretariat") as walk:
        awarding.close(walk)
        every = awarding.listed(walk)
        assert application in every
        walk.go(f"{application}screening/")
        assert walk.axe() == []
        _picture(walk, "screening-wide-nb")
        awarding.screen(walk, application)
        for one in every:
            if one != application:
                awarding.screen_too(walk, one)
        awarding.share_out(walk)


def _assess(windows: Windows, application: str) -> None:
    """One assessor has ties to it and finds nothing more of it anywhere; another, who has none, scores it."""
    with windows.open("tied_assessor") as walk:
        walk.go("/nb/assessment/")
        assert application in walk.page.content()
        awarding.declare(walk, application, conflict=True)
        expect(walk.page.locator("main")).not_to_contain_text(TITLE)
        for part in ("", "declare/", "score/", "screening/", "decision/"):
            walk.go(f"{application}{part}", answers=404)
        for page in ("/nb/assessment/", "/nb/me/"):
            walk.go(page)
            assert application not in walk.page.content(), page
            assert TITLE not in walk.page.content(), page
    with windows.open("assessor") as walk:
        walk.go(application)
        _picture(walk, "declare-wide-nb")
        awarding.declare(walk, application, conflict=False)
        walk.go(f"{application}score/")
        _picture(walk, "score-wide-nb")
        awarding.score(walk, application)
    with windows.open("secretariat") as walk:
        walk.go(AT)
        expect(walk.page.locator("#applications")).to_contain_text("Prøve Vurderer")
        _picture(walk, "workbench-wide-nb")


def _decide(windows: Windows, application: str) -> None:
    """The resource group places and recommends, the steering group decides: ours is declined."""
    with windows.open("resource_group") as walk:
        walk.go(f"{AT}board/")
        links = walk.page.locator("main li[id^='a'] a[href*='/applications/']")
        every = list(dict.fromkeys(str(one.get_attribute("href")) for one in links.all()))
        others = iter([("tailored", "80", ""), ("group", "40", ""), ("reserve", "", "1"), ("next_round", "", "")])
        for one in every:
            awarding.place(walk, one, *(("declined",) if one == application else next(others, ("declined", "", ""))))
        _picture(walk, "board-wide-nb", f"{AT}board/")
        awarding.step(walk, "recommend")
    with windows.open("steering_group") as walk:
        awarding.step(walk, "decide")


def _tell(windows: Windows, application: str) -> None:
    """Letters, publishing, the declined applicant's question and its answer."""
    with windows.open("secretariat") as walk:
        awarding.write_letters(walk)
        walk.go(str(walk.page.locator("#letters tbody a").first.get_attribute("href")))
        _picture(walk, "letter-wide-nb")
        awarding.publish(walk)
    with windows.open("project_leader", own=True) as walk:
        awarding.ask(walk, f"{application}decision/", "Oppdiktet spørsmål: hva skilte oss fra de andre?")
        _picture(walk, "decision-phone-nb")
        with windows.open("secretariat") as staff:
            awarding.answer(staff, "Oppdiktet svar: planen for drift manglet.")
        walk.page.reload()
        expect(walk.page.locator("main")).to_contain_text("planen for drift manglet")


def _in_english(windows: Windows, round_pages: list[str], others: dict[str, list[str]]) -> None:
    """The same pages in English: said to be so, with a heading of their own, and without faults."""
    for who, paths in others.items():
        with windows.open(who, language="en") as walk:
            for path in [*(round_pages if who == "secretariat" else []), *paths]:
                walk.go(path.replace("/nb/", "/en/", 1))
                assert walk.page.locator("html").get_attribute("lang") == "en"
                assert walk.heading(), path
                assert walk.axe() == [], path


def _picture(walk: Walk, name: str, path: str = "", of: str = "") -> None:
    """Take a picture of the manual, where that is asked for: the window, or one part of the page."""
    assert name in PICTURES
    if not TAKE:
        return
    if of:
        walk.page.locator(of).screenshot(path=FOLDER / f"{name}.png")
        return
    if path:
        walk.go(path)
    if "-phone-" in name:
        walk.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    take(walk, name, "")
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]
