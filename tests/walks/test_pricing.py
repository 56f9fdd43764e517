"""The toolbox in a browser: an economist tries and saves, a manager offers, a partner signs, a stranger may not."""

import pytest
from commons.installations import Installation
from playwright.sync_api import expect

from walks import settled
from walks.walking import SIZES, Walk, Windows

CASE = "toolbox/prices/eksempel-ett-oppfolgingssenter-for-ti-kommuner"
COLOURS = ("color-contrast", "link-in-text-block")
PAGES = (
    "toolbox/prices/",
    "toolbox/prices/new/",
    "toolbox/prices/population/",
    f"{CASE}/",
    f"{CASE}/?centre.max_occupancy=1.4",
    f"{CASE}/numbers/",
    f"{CASE}/uncertainty/",
    f"{CASE}/need/",
    f"{CASE}/scenarios/?staff.salary_nok=700000",
    f"{CASE}/agreement/",
    f"{CASE}/use/",
    f"{CASE}/inputs/",
    f"{CASE}/inputs/staff/",
    f"{CASE}/inputs/groups/",
    f"{CASE}/inputs/partners/",
    f"{CASE}/inputs/agreement/",
    f"{CASE}/inputs/uncertainty/",
    f"{CASE}/import/",
    f"{CASE}/arrivals/",
    f"{CASE}/numbers/?of=3209&open=bill",
    f"{CASE}/shelf/",
    f"{CASE}/history/",
)
OPEN = tuple(f"toolbox/prices/comparison/{name}/" for name in ("break-even", "use", "budget", "national", "district"))
# Where everything that this room draws in colours of its own stands.
DARK = (f"{CASE}/", f"{CASE}/inputs/partners/", f"{CASE}/uncertainty/", "toolbox/prices/comparison/use/")


# Where something folded is unfolded too, on the narrowest phone.
FOLDED = (f"{CASE}/uncertainty/",)


def unfolded(walk: Walk) -> list[str]:
    """What axe says on the narrowest phone with every fold open, and whether it grows sideways."""
    walk.page.set_viewport_size(SIZES["narrow"])  # type: ignore[arg-type]
    walk.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    return [f"narrow, unfolded: {line}" for line in (*walk.axe(), *walk.sideways())]


def looks(walk: Walk, path: str, answers: int = 200) -> list[str]:
    """What axe says of a page, wide and narrow, light and dark, and whether it grows sideways on a phone."""
    walk.page.emulate_media(color_scheme="light")
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]
    walk.go(f"/nb/{path}", answers=answers)
    found = [f"{path}, wide, light: {line}" for line in walk.axe()]
    walk.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    found += [f"{path}, phone: {line}" for line in walk.sideways()]
    if path in DARK:
        walk.page.emulate_media(color_scheme="dark")
        found += [f"{path}, phone, dark: {line}" for line in walk.axe(*COLOURS)]
        walk.page.emulate_media(color_scheme="light")
    if path in FOLDED:
        found += [f"{path}, {line}" for line in unfolded(walk)]
    return found


@pytest.mark.parametrize("part", range(4))
def test_axe_is_clean_where_an_economist_works(windows: Windows, part: int) -> None:
    with windows.open("project_leader", bypass=True) as walk:
        found = [line for path in PAGES[part::4] for line in looks(walk, path, 422 if "max_occupancy" in path else 200)]
    assert not found, "\n".join(found)


def test_axe_is_clean_where_everyone_may_be(windows: Windows) -> None:
    with windows.open("stranger", bypass=True) as walk:
        found = [line for path in OPEN for line in looks(walk, path)]
    assert not found, "\n".join(found)


def test_on_a_phone_the_result_stays_in_sight_while_a_slider_moves(windows: Windows) -> None:
    with windows.open("project_member", size="phone") as walk:
        walk.go(f"/nb/{CASE}/")
        line = walk.page.locator(".answer-line")
        before = line.inner_text()
        walk.page.locator("input[type=range][data-range-for=s-staff-sick_share]").focus()
        for _press in range(5):
            walk.page.keyboard.press("ArrowRight")
        expect(line).not_to_have_text(before)
        expect(line).to_be_in_viewport()
        expect(walk.page.locator("#s-staff-sick_share")).to_have_value("0,14")


def test_an_economist_moves_a_slider_by_keyboard_and_the_answer_follows(windows: Windows) -> None:
    with windows.open("project_member") as walk:
        walk.go("/en/")
        walk.follow(walk.page.locator("nav a[href$='/toolbox/prices/']").first)
        walk.follow(walk.page.locator("main .card a").first)
        total = walk.page.locator("#answer .stat-value").first
        before = total.inner_text()
        slider = walk.page.locator("input[type=range][data-range-for=s-centre-handling_minutes]")
        expect(slider).to_be_visible()
        slider.focus()
        for _press in range(10):
            walk.page.keyboard.press("ArrowRight")
        expect(walk.page.locator(".moved")).to_be_visible()
        expect(total).not_to_have_text(before)
        walk.follow(walk.page.locator(".moved a", has_text="Link to these values"))
        expect(walk.page.locator("#s-centre-handling_minutes")).not_to_have_value("12")


def test_without_a_script_a_button_does_the_same(windows: Windows) -> None:
    with windows.open("project_member", scripts=False) as walk:
        walk.go(f"/en/{CASE}/")
        assert not walk.page.locator("input[type=range]").first.is_visible()
        walk.page.locator("#s-staff-salary_nok").fill("700 000")
        walk.page.locator(".sliders button").click()
        walk.page.wait_for_load_state()
        assert "700000" in walk.page.locator(".moved").inner_text()


def test_every_number_opens_its_formula_and_its_inputs(windows: Windows) -> None:
    with windows.open("project_member") as walk:
        walk.go(f"/en/{CASE}/")
        walk.follow(walk.page.locator(".tabs a", has_text="Every number"))
        fold = walk.page.locator("#n-busy_hours")
        fold.locator("summary").click()
        expect(fold.locator("code.expression")).to_contain_text("handling_minutes/60")
        expect(fold.locator("table")).to_contain_text("Demo")


def test_a_mistake_keeps_what_was_typed_and_says_where(windows: Windows) -> None:
    with windows.open("project_leader") as walk:
        walk.go(f"/en/{CASE}/inputs/staff/")
        walk.page.locator("[name='staff.sick_share']").fill("1.4")
        walk.page.locator("form button.ds-button[value=save]").last.click()
        expect(walk.page.locator(".ds-error-summary")).to_be_focused()
        expect(walk.page.locator("[name='staff.sick_share']")).to_have_value("1.4")
        walk.faults.clear()  # the answer that says what is wrong
        walk.page.locator("button[value=throw]").click()
        walk.page.wait_for_load_state()
        expect(walk.page.locator("[name='staff.sick_share']")).to_have_value("0.09")


def test_a_manager_offers_a_price_list_and_a_signer_signs_it(windows: Windows) -> None:
    with windows.open("project_leader") as walk:
        walk.go(f"/en/{CASE}/agreement/")
        walk.page.locator("[name=valid_from]").fill("2027-01-01")
        walk.page.locator("main form button.ds-button").last.click()
        walk.page.wait_for_load_state()
        expect(walk.page.locator("h2", has_text="Price list 1")).to_be_visible()
        price = walk.page.locator("#rates tbody a").first
        said = price.inner_text()
        walk.follow(price)
        fold = walk.page.locator("#n-patient_month_nok[open]")
        expect(fold.locator("summary .numbers")).to_have_text(said)
        expect(fold.locator("table")).to_contain_text("handling_minutes")
        walk.follow(walk.page.locator(".moved a", has_text="Price list 1"))
        assert walk.page.locator("form[action$='/sign/']").count() == 0
    with windows.open("organisation_signer") as walk:
        walk.go(f"/en/{CASE}/agreement/1/")
        walk.page.locator("form[action$='/sign/'] button").click()
        walk.page.wait_for_load_state()
        expect(walk.page.locator("#signatures")).to_contain_text("Prøve Signatar")


def test_a_stranger_finds_no_case(windows: Windows) -> None:
    with windows.open() as walk:
        for path in ("toolbox/prices/", f"{CASE}/", f"{CASE}/inputs/", f"{CASE}/case.json"):
            walk.go(f"/en/{path}", answers=404)


def test_a_municipal_manager_sees_the_result_and_the_own_bill_alone(here: Installation, windows: Windows) -> None:
    settlement, session, cookie = here.python(settled.MADE).split()[-3:]
    with windows.open(own=True, language="en", bypass=True) as walk:
        walk.page.context.add_cookies([{"name": cookie, "value": session, "url": windows.address}])
        walk.go("/en/toolbox/prices/")
        walk.follow(walk.page.locator("main .card a", has_text="to kommuner"))
        expect(walk.page.locator("#answer .stat-value").first).to_be_visible()
        expect(walk.page.locator(".own")).to_contain_text("Nes")
        assert not walk.page.locator(".tabs a", has_text="Inputs").count()
        walk.follow(walk.page.locator(".tabs a", has_text="Agreement"))
        walk.follow(walk.page.locator(f"main a[href*='/settlements/{settlement}/']").first)
        expect(walk.page.locator("#bills tbody th")).to_contain_text("Nes")
        expect(walk.page.locator(f"#entries-{settled.OWN} tbody tr").first).to_contain_text("48 patient-months")
        assert not unfolded(walk)
        assert walk.download("PDF").suggested_filename.endswith(f"-{settled.OWN}.pdf")
        bills = f"/en/{settled.CASE}/settlements/{settlement}"
        for path in (f"{bills}/{settled.OTHER}/bill.pdf", f"{bills}/{settled.OTHER}/invoice/"):
            walk.go(path, answers=404)
        for path in ("inputs/", "inputs/staff/", "import/", "history/", "use/"):
            walk.go(f"/en/{settled.CASE}/{path}", answers=404)
