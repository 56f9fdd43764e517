"""A real browser, walked through the real server as a person would; everything that goes wrong in it is noted."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
)

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "build" / "browser"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "docs" / "manual" / "pictures"
SIZES: Mapping[str, dict[str, int]] = {
    "wide": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
    "narrow": {"width": 320, "height": 640},
}
LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Said on the console, where every fault is heard.
LISTEN = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def browser_path() -> str:
    """The browser that `make browser` found ("playwright": its own); empty where there is none."""
    if FOUND.exists():
        return FOUND.read_text(encoding="utf-8").strip()
    return os.environ.get("HELSEVEV_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome") or ""


def launch(playwright: Playwright) -> Browser:
    """Start it."""
    path = browser_path()
    own = None if path == "playwright" else path
    return playwright.chromium.launch(executable_path=own, args=ARGUMENTS)


@dataclass
class Walk:
    """One window of the browser."""

    address: str
    page: Page
    faults: list[str] = field(default_factory=list)
    _expected: set[str] = field(default_factory=set)

    def listen(self) -> None:
        """Note script faults, refusals of the content security policy, broken answers, and calls to other hosts."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", lambda answer: self._answered(answer.url, answer.status))

    def _heard(self, message: ConsoleMessage) -> None:
        # Answers are judged by their status, in _answered.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and not request.url.startswith(self.address):
            self.faults.append(f"{self.page.url} asked another host: {request.url}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400 and url not in self._expected:
            self.faults.append(f"{url} answered {status}")

    def go(self, path: str, answers: int = 200) -> None:
        """Open a page, which gives this answer."""
        url = path if path.startswith("http") else self.address + path
        if answers >= 400:
            self._expected.add(url)
        answer = self.page.goto(url)
        assert answer is not None, path
        assert answer.status == answers, (path, answer.status)

    def expect_refusal(self, path: str) -> None:
        """This address will refuse something, and that is right."""
        self._expected.add(self.address + path)

    def click(self, name: str, role: str = "link", **options: object) -> None:
        """Press the first link or button in the content with this name, and wait for the page that follows."""
        self.follow(self.page.locator("main").get_by_role(role, name=name, **options).first)  # type: ignore[arg-type]

    def follow(self, what: Locator) -> None:
        """Press what leads to another page, and wait until that page is there.

        Neither `wait_for_load_state` nor `expect_navigation` would do: the one is content with the page that is left,
        the other with the browser's note that it is about to leave it.
        """
        with self.page.expect_event("load"):
            what.click()

    def heading(self) -> str:
        """The page's own heading."""
        return self.page.locator("h1").first.inner_text()

    def settle(self) -> None:
        """Wait until no live part is under way."""
        self.page.wait_for_timeout(50)
        expect(self.page.locator(".htmx-request")).to_have_count(0)

    def download(self, name: str) -> Download:
        """Press a link that gives a file."""
        with self.page.expect_download() as waiting:
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return waiting.value

    def path(self) -> str:
        """Where it stands, with its question."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def sideways(self) -> list[str]:
        """What is wider than the window, outside boxes that scroll by themselves."""
        found: list[str] = self.page.evaluate(
            """() => {
              const wide = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= wide) return [];
              const inside = (one) => {
                for (let up = one.parentElement; up; up = up.parentElement)
                  if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true;
                return false;
              };
              const found = [...document.querySelectorAll('body *')]
                .filter((one) => one.getBoundingClientRect().right > wide + 1 && !inside(one))
                .map((one) => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`);
              return found.length ? found.slice(0, 6) : [`scrollWidth ${document.documentElement.scrollWidth}`];
            }"""
        )
        return found

    def axe(self, *rules: str) -> list[str]:
        """A readable line for each fault that axe finds; of these rules, or of all."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
        found = self.page.evaluate(
            """async (only) => (await axe.run(document, {runOnly: only, resultTypes: ['violations']})).violations
              .flatMap((fault) => fault.nodes.map((node) =>
                `${fault.id}: ${node.target.join(' ')} ${node.failureSummary.split('\\n')[1] ?? ''}`))""",
            only,
        )
        return [re.sub(r"\s+", " ", line) for line in found]


class Windows:
    """Windows of one browser on one site. Who signed in once stays so; each kind of window is opened once."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self._states: dict[str, dict[str, object]] = {}
        self._kinds: dict[tuple[object, ...], BrowserContext] = {}

    def _state(self, who: str) -> dict[str, object] | None:
        if who == "stranger":
            return None
        if who not in self._states:
            with self._new() as context:
                page = context.new_page()
                page.goto(f"{self.address}/nb/account/sign-in/")
                page.locator(f"form:has(input[name=role][value={who}]) button").click()
                page.wait_for_load_state()
                assert page.locator(".user-menu").count() == 1, who
                self._states[who] = context.storage_state()  # type: ignore[assignment]
        return self._states[who]

    @contextmanager
    def _new(self) -> Iterator[BrowserContext]:
        context = self.browser.new_context(locale="nb-NO")
        yield context
        context.close()

    def context(
        self,
        who: str = "stranger",
        size: str = "wide",
        language: str = "nb",
        scripts: bool = True,
        bypass: bool = False,
    ) -> BrowserContext:
        """A context of its own, with the person signed in."""
        context = self.browser.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]
            locale=LOCALES[language],
            java_script_enabled=scripts,
            bypass_csp=bypass,
            storage_state=self._state(who),  # type: ignore[arg-type]
            reduced_motion="reduce",
            has_touch=size == "phone",
        )
        context.set_default_timeout(15_000)
        if not bypass:
            context.add_init_script(LISTEN)
        return context

    def forget(self, who: str) -> None:
        """Somebody has signed out, so whoever comes next as them signs in anew."""
        self._states.pop(who, None)
        for key in [kind for kind in self._kinds if kind[0] == who]:
            self._kinds.pop(key).close()

    @contextmanager
    def open(self, who: str = "stranger", *, own: bool = False, **kind: object) -> Iterator[Walk]:
        """A window; at its end nothing may have gone wrong in it. `own`: with a context that nobody used before."""
        key = (who, *sorted(kind.items()))
        context = self.context(who, **kind) if own else self._kinds.get(key)  # type: ignore[arg-type]
        if context is None:
            context = self._kinds[key] = self.context(who, **kind)  # type: ignore[arg-type]
        walk = Walk(self.address, context.new_page())
        walk.listen()
        try:
            yield walk
        finally:
            walk.page.close()
            if own:
                context.close()
        assert not walk.faults, "\n".join(walk.faults)
