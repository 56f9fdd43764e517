"""A secretary builds a form: by keyboard and without a script, tries it at a phone's width, publishes it."""

import pytest
from playwright.sync_api import expect

from walks.walking import Walk, Windows


def start(walk: Walk, title: str) -> str:
    """A new form; the address of its builder."""
    walk.go("/en/forms/new/")
    walk.page.get_by_label("Title").fill(title)
    walk.page.get_by_label("What the form is for").select_option("application")
    walk.click("Make the form", "button")
    return walk.path()


def add(walk: Walk, address: str, kind: str, text: str) -> str:
    """One question more, last in the form; the address of its page."""
    walk.go(address)
    walk.page.locator("#add-kind").select_option(kind)
    walk.page.locator("#add-text").fill(text)
    walk.follow(walk.page.locator(".build-add button"))
    return walk.path()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_is_built_tried_and_published(windows: Windows, scripts: bool) -> None:
    with windows.open("secretariat", scripts=scripts, language="en") as walk:
        page = walk.page
        address = start(walk, f"Trial form {'with' if scripts else 'without'} a script")
        asked = add(walk, address, "boolean", "Er begge nivåene med?")
        then = add(walk, address, "choice", "Hvem er det for?")
        for code, text in (("1", "Barn"), ("2", "Eldre")):
            page.locator(f"[name='option.{code}.nb']").fill(text)
            save(walk, scripts)
            expect(page.locator(f"[name='option.{code}.nb']")).to_have_value(text)
        page.get_by_label("Must be answered").check()
        save(walk, scripts)
        page.locator("#question-asked").select_option(label="Er begge nivåene med?")
        press(walk, "Go on", scripts)
        press(walk, "Add the condition", scripts)
        expect(page.locator(".build-conditions")).to_contain_text("“Er begge nivåene med?” is “Yes”")
        assert walk.path().split("?")[0] == then
        walk.go(address)
        press(walk, "Move “Hvem er det for?” up", scripts)
        expect(page.locator(".build-row a").first).to_have_text("Hvem er det for?")
        walk.follow(page.get_by_role("button", name="Undo: Moved"))
        expect(page.locator(".build-row a").first).to_have_text("Er begge nivåene med?")
        tried(walk, address, scripts)
        walk.go(address.replace("build/", "publish/"))
        walk.click("Publish version 1", "button")
        assert "Version 1 is published" in page.locator("main").inner_text()
        assert asked != then


def save(walk: Walk, scripts: bool) -> None:
    """What is typed is saved: by itself when one goes on, or by the button."""
    if scripts:
        with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
            walk.page.keyboard.press("Tab")
        walk.settle()
        expect(walk.page.locator(".build-saved")).to_have_text("Saved.")
    else:
        walk.follow(walk.page.locator(".build-form .actions button"))


def press(walk: Walk, name: str, scripts: bool) -> None:
    """A button whose page comes in place where there is a script."""
    button = walk.page.locator("main").get_by_role("button", name=name).first
    if scripts:
        with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
            button.press("Enter")
        walk.settle()
    else:
        walk.follow(button)


def tried(walk: Walk, address: str, scripts: bool) -> None:
    """The preview at a phone's width: an answer opens the question that waits for it."""
    walk.go(address.replace("build/", "preview/"))
    frame = walk.page.frame_locator("iframe.build-frame")
    assert walk.page.locator("iframe.build-frame").bounding_box()["width"] <= 392  # type: ignore[index]
    expect(frame.get_by_text("Hvem er det for?")).to_be_hidden()
    frame.get_by_label("Yes").check()
    if not scripts:
        frame.get_by_role("button", name="Check the answers").click()
    expect(frame.get_by_text("Hvem er det for?").first).to_be_visible()


def test_axe_finds_nothing_where_forms_are_built(windows: Windows) -> None:
    with windows.open("secretariat", bypass=True, language="en") as walk:
        address = start(walk, "Form for axe")
        group = add(walk, address, "group", "Om tiltaket")
        question = add(walk, address, "choice", "Hvor?")
        number = add(walk, address, "integer", "Hvor mange?")
        form = address.replace("build/", "")
        pages = ["/en/forms/", "/en/forms/new/", "/en/forms/from-file/", form, address, group, question, number]
        pages += [form + page for page in ("publish/", "preview/", "preview/page/", "report/", "from-file/", "throw/")]
        found = []
        for page in pages:
            walk.go(page)
            found += [f"{page}: {line}" for line in walk.axe()]
            for size in ((390, 844), (320, 640)):
                walk.page.set_viewport_size({"width": size[0], "height": size[1]})
                found += [f"{page} at {size[0]}: {line}" for line in walk.sideways()]
            walk.page.emulate_media(color_scheme="dark")
            found += [f"{page}, dark: {line}" for line in walk.axe("color-contrast", "link-in-text-block")]
            walk.page.emulate_media(color_scheme="light")
            walk.page.set_viewport_size({"width": 1280, "height": 900})
        assert not found, "\n".join(found)


def test_a_question_is_dragged_to_its_place(windows: Windows) -> None:
    with windows.open("secretariat", language="en") as walk:
        address = start(walk, "Form to drag in")
        for text in ("Én", "To", "Tre"):
            add(walk, address, "string", text)
        walk.go(address)
        rows = walk.page.locator(".build-row")
        with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
            rows.nth(2).drag_to(rows.nth(0), source_position={"x": 200, "y": 20}, target_position={"x": 200, "y": 4})
        walk.settle()
        expect(walk.page.locator(".build-row a")).to_have_text(["Tre", "Én", "To"])
