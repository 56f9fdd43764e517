"""What several walks do as applicants: begin an application, and invite somebody who writes with them."""

from walks.walking import Walk

OWNER, PARTNER = "ullensaker-kommune", "akershus-universitetssykehus"


def begin(walk: Walk, title: str, language: str = "nb") -> str:
    """Begin an application in the open call; its address."""
    walk.go(f"/{language}/calls/2026-2/apply/")
    walk.page.locator("[name=owner]").select_option(OWNER)
    walk.page.locator("[name=title]").fill(title)
    walk.page.locator("main form button[type=submit]").first.click()
    walk.page.wait_for_url("**/applications/*-*/")
    return walk.path()


def invite(walk: Walk, address: str) -> str:
    """Invite the co-author of the hospital; the link in the letter, out of the letters of the demonstration."""
    walk.page.locator("[name=invite-email]").evaluate("(field) => field.closest('details').open = true")
    walk.page.locator("[name=invite-email]").fill(address)
    walk.page.locator("[name=invite-organisation]").select_option(PARTNER)
    walk.follow(walk.page.locator("form:has([name=invite-email]) button"))
    walk.go("/nb/demo/mail/")
    text = walk.page.locator("main").inner_text()
    start = text.index("/applications/join/")
    return "/nb" + text[start:].split()[0]


def join(walk: Walk, link: str) -> str:
    """Take an invitation; the application's address."""
    walk.go(link)
    walk.page.locator("main form button[type=submit]").click()
    walk.page.wait_for_url("**/applications/*-*/")
    return walk.path()
