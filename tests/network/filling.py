"""Fills in forms as a browser without scripts does: what stands in the fields is sent, with the button pressed."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client
from reading import Element, read

AT = "/en/portfolio/"


@dataclass
class Filled:
    """A form on a page, with what stands in its fields."""

    browser: Client
    address: str
    page: Element
    fields: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def on(cls, browser: Client, answer: HttpResponse, address: str = "", **which: str) -> "Filled":
        page = read(answer.content)
        form = page.one("form", **(which or {"id": "edit-form"}))
        made = cls(browser, form.attributes.get("action") or address, page)
        for one in (*form.all("input"), *form.all("textarea"), *form.all("select")):
            made._take(one)
        return made

    def _take(self, one: Element) -> None:
        name, kind = one.attributes.get("name"), one.attributes.get("type")
        if not name or (kind in ("checkbox", "radio") and "checked" not in one.attributes):
            return
        if one.tag == "select":
            options = one.all("option")
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            self.fields.setdefault(name, []).extend(option.attributes["value"] for option in chosen)
        else:
            # A browser takes away the line end that begins a text area.
            text = one.text.removeprefix("\r\n").removeprefix("\n") if one.tag == "textarea" else ""
            self.fields.setdefault(name, []).append(text or one.attributes.get("value", ""))

    def __getitem__(self, name: str) -> str:
        return self.fields[name][0]

    def __setitem__(self, name: str, value: str | list[str]) -> None:
        self.fields[name] = [value] if isinstance(value, str) else value

    def press(self, button: str, **more: str) -> HttpResponse:
        """Send it by this button."""
        return self.browser.post(self.address.partition("#")[0], {**self.fields, "do": button, **more})

    def pressed(self, button: str) -> "Filled":
        """The same form on the page that answers."""
        return Filled.on(self.browser, self.press(button))

    def buttons(self, text: str) -> list[str]:
        """What the buttons with this text say that they do."""
        return [one.attributes.get("value", "") for one in self.page.all("button") if text in one.words]


def opened(browser: Client, key: str = "mila-2026") -> Filled:
    """The form of a project."""
    answer = browser.get(f"{AT}{key}/edit/")
    assert answer.status_code == 200, answer.status_code
    return Filled.on(browser, answer)


def faults(answer: HttpResponse) -> list[str]:
    """What the summary on top says is wrong."""
    page = read(answer.content)
    return [line.words for box in page.all("div", class_="ds-error-summary") for line in box.all("li")]
