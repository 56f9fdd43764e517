"""The steps of an award year (tildelingsår), as each of its people does them in a browser."""

import re

from playwright.sync_api import Locator, expect

from walks.walking import Walk

ROUND = "2026-2"
CALL, KEEPING, AT = f"/nb/calls/{ROUND}/", f"/nb/rounds/{ROUND}/", f"/nb/assessment/rounds/{ROUND}/"
# The manual's pictures that are taken on the way.
PICTURES = frozenset(
    {"apply-form-wide-nb", "apply-clash-wide-nb", "application-phone-nb", "receipt-wide-nb", "screening-wide-nb",
     "declare-wide-nb", "score-wide-nb", "workbench-wide-nb", "board-wide-nb", "letter-wide-nb", "awards-wide-nb",
     "decision-phone-nb"}
)  # fmt: skip
# Fills what is asked on a page and stands empty: the first of choices, a date, a number, a line, a text.
FILL = """() => {
  const form = document.getElementById('sheet-form');
  const all = [...form.elements].filter((one) => one.name && !one.name.startsWith('!') && one.type !== 'hidden'
    && one.type !== 'file' && !one.closest('[hidden]'));
  let filled = 0;
  for (const one of all) {
    const alike = all.filter((other) => other.name === one.name);
    if (one.type === 'radio' || one.type === 'checkbox') {
      if (alike.some((other) => other.checked)) continue;
      one.checked = true;
    } else if (one.tagName === 'SELECT') {
      if (one.value) continue;
      one.selectedIndex = 1;
    } else if (one.value) continue;
    else if (one.type === 'date') one.value = '2027-01-15';
    else one.value = one.inputMode === 'numeric' || one.inputMode === 'decimal' ? '12' : 'Oppdiktet svar.';
    filled += 1;
  }
  return filled;
}"""

# Sends the forms of a page as a person would who pressed the button of each, without the page being drawn.
SEND = """async ([address, selector, values]) => {
  const read = async () => new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
  const count = (await read()).querySelectorAll(selector).length;
  for (let number = 0; number < count; number += 1) {
    const form = (await read()).querySelectorAll(selector)[number];
    for (const one of form.elements)
      for (const [end, value] of Object.entries(values)) if (one.name.endsWith(end)) one.value = value;
    const to = new URL(form.getAttribute('action') || address, location.href);
    const pressed = form.querySelector('button[name]');
    const sent = new FormData(form);
    if (pressed) sent.set(pressed.name, pressed.value);
    const answer = await fetch(to, { method: 'POST', body: sent });
    if (!answer.ok) throw new Error(`${to} answered ${answer.status}`);
  }
  return count;
}"""


# Makes the same choice everywhere on a page of a sheet and saves it, without the page being drawn.
JUDGE = """async ([address, value]) => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
  const form = page.getElementById('sheet-form');
  const sent = new FormData(form);
  const names = [...form.querySelectorAll(`[type=radio][value=${value}]`)].map((one) => one.name);
  for (const name of names) sent.set(name, value);
  sent.set('!do', 'go:overview');
  const answer = await fetch(address, { method: 'POST', body: sent });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return names.length;
}"""


def fill_in(walk: Walk, form: str) -> None:
    """Answer everything that is asked, page by page, until nothing is missing."""
    walk.go(f"{form}?step=1")
    for _page in range(20):
        if "step=overview" in walk.path():
            break
        while walk.page.evaluate(FILL):  # answers may lead to further questions
            walk.follow(walk.page.locator(".edit-bar button[value=save]"))
        walk.follow(walk.page.locator(".edit-bar button[value^='go:']").first)
    expect(walk.page.locator("main .ds-alert[data-color=success]")).to_be_visible()


def confirm_for_both(walk: Walk, address: str) -> None:
    """Whoever signs for the two organisations confirms for each."""
    walk.go(address)
    for _side in range(2):
        walk.follow(walk.page.locator("#sides form[action$='/confirm/'] button").first)
    expect(walk.page.locator("#sides form[action$='/confirm/']")).to_have_count(0)


def send_in(walk: Walk, address: str) -> str:
    """Read through and send; the receipt's address."""
    walk.go(f"{address}send/")
    walk.follow(walk.page.locator("main form button[type=submit]").first)
    if "/receipt/" not in walk.path():
        walk.go(address)
        walk.follow(walk.page.locator("main a[href*='/receipt/']").first)
    expect(walk.page.locator("main")).to_contain_text(re.compile("[0-9a-f]{64}"))
    return walk.path()


def close(walk: Walk) -> None:
    """The secretariat closes the call before its time."""
    walk.go(KEEPING)
    walk.follow(walk.page.locator("main a[href$='/close/']"))
    walk.page.locator("main textarea, main input[name=reason]").first.fill("Oppdiktet: runden gås gjennom.")
    walk.follow(walk.page.locator("main form button[type=submit]").first)


def listed(walk: Walk) -> list[str]:
    """The addresses of the round's applications, in the order of the list."""
    walk.go(AT)
    links = walk.page.locator("#applications tbody th a")
    return [str(one.get_attribute("href")) for one in links.all()]


def screen(walk: Walk, application: str) -> None:
    """Each condition is judged to be met, with a reason, and the application goes on."""
    walk.go(f"{application}screening/")
    form = walk.page.locator("#sheet-form")
    for choice in form.locator("[type=radio][value=met]").all():
        choice.check()
    walk.follow(walk.page.locator(".edit-bar button[value=save]"))
    for field in form.locator("textarea:visible").all():
        field.fill("Oppdiktet: står i søknaden.")
    walk.follow(walk.page.locator(".edit-bar button[value='go:overview']"))
    walk.follow(walk.page.locator("main a[href$='/screening/finish/']").first)
    walk.follow(walk.page.locator("main button[value=go_on]"))


def screen_too(walk: Walk, application: str) -> None:
    """The same for another application."""
    assert walk.page.evaluate(JUDGE, [f"{application}screening/", "met"])
    assert walk.page.evaluate(SEND, [f"{application}screening/finish/", "form:has([value=go_on])", {}])


def share_out(walk: Walk) -> None:
    """Each application gets both assessors."""
    walk.go(f"{AT}sharing/")
    walk.page.locator("[name=wanted]").fill("2")
    walk.follow(walk.page.locator("main form:has([name=wanted]) button"))


def declare(walk: Walk, application: str, *, conflict: bool) -> None:
    """Say whether one has ties to an application."""
    walk.go(f"{application}declare/")
    walk.page.locator(f"main [name=conflict][value={'yes' if conflict else 'no'}]").check()
    if conflict:
        walk.page.locator("main [name=reason]").fill("Oppdiktet: har arbeidet der.")
    walk.follow(walk.page.locator("main form button").first)


def score(walk: Walk, application: str) -> None:
    """Every criterion gets its second level and a reason, the advice is the first, and the assessment is given."""
    walk.go(f"{application}score/")
    fill_scores(walk, 1)
    walk.follow(walk.page.locator(".edit-bar button").first)
    fill_scores(walk, 0)
    walk.follow(walk.page.locator(".edit-bar button").first)
    walk.follow(walk.page.locator("main a[href$='/give/']").first)
    walk.follow(walk.page.locator("main form button").first)


def fill_scores(walk: Walk, level: int) -> None:
    """A page of scores: the same level everywhere, each with a reason."""
    form = walk.page.locator("#sheet-form")
    for name in sorted(set(form.locator("[type=radio]").evaluate_all("all => all.map((one) => one.name)"))):
        form.locator(f"[type=radio][name='{name}']").nth(level).check()
    for choice in form.locator("select").all():
        choice.select_option(index=level + 1)
    for field in form.locator("textarea:visible").all():
        field.fill("Oppdiktet grunn.")
    walk.settle()


def place(walk: Walk, application: str, outcome: str, hours: str = "", line: str = "") -> None:
    """The resource group places an application with a reason."""
    key = application.rstrip("/").rpartition("/")[2]
    form = walk.page.locator(f"main form:has([name=application][value='{key}']):has([name=outcome])").last
    form.evaluate("(one) => { one.closest('details').open = true; }")
    form.locator("[name=outcome]").select_option(outcome)
    if hours:
        form.locator("[name=hours]").fill(hours)
    if line:
        form.locator("[name=reserve]").fill(line)
    form.locator("[name=reason]").fill("Oppdiktet begrunnelse: se hva som skilte søknaden fra de andre.")
    walk.follow(form.locator("button"))


def step(walk: Walk, name: str, why: str = "") -> None:
    """Recommend or decide the whole board."""
    walk.go(f"{AT}board/")
    if why:
        _whole(walk).locator("[name=reason]").fill(why)
    walk.follow(_whole(walk).locator(f"button[value={name}]"))
    expect(walk.page.locator("#faults-title")).to_have_count(0)


def _whole(walk: Walk) -> Locator:
    return walk.page.locator("main form:has(button[name=step])")


def write_letters(walk: Walk) -> None:
    """Letters are made, read one by one, and sent as a batch."""
    walk.go(f"{AT}letters/")
    walk.follow(walk.page.locator("main form[action$='/make/'] button"))
    addresses = [str(one.get_attribute("href")) for one in walk.page.locator("#letters tbody a").all()]
    walk.go(addresses[0])
    walk.follow(walk.page.locator("main form:has([name=body]) button").first)
    for address in addresses[1:]:
        assert walk.page.evaluate(SEND, [address, "form:has([name=body])", {}])
    walk.go(f"{AT}letters/")
    walk.follow(walk.page.locator("main form[action$='/send/'] button"))
    expect(walk.page.locator("main form[action$='/send/']")).to_have_count(0)


def publish(walk: Walk) -> None:
    """The awards become public."""
    walk.go(f"{AT}publishing/")
    walk.follow(walk.page.locator("main form button").first)


def ask(walk: Walk, decision: str, text: str) -> None:
    """A declined applicant asks about the decision."""
    walk.go(decision)
    walk.page.locator("main form [name=text]").fill(text)
    walk.follow(walk.page.locator("main form:has([name=text]) button").first)


def answer(walk: Walk, text: str) -> None:
    """The secretariat answers the first question that waits."""
    walk.go(f"{AT}letters/")
    walk.follow(walk.page.locator("main a[href*='/questions/']").first)
    walk.page.locator("main form [name=text]").fill(text)
    walk.follow(walk.page.locator("main form:has([name=text]) button").first)
