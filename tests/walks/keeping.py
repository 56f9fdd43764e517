"""What those who keep the portfolio do, as far as the page that both a test and the manual's pictures look at."""

from pathlib import Path

import openpyxl

from walks.walking import Walk


def change_the_contact(walk: Walk, project: str, said: str) -> None:
    """Another contact, saved."""
    walk.go(f"{project}edit/")
    walk.page.locator("[name=contact_role]").fill(said)
    walk.follow(walk.page.locator(".edit-bar button[value=save]"))


def compare_with_the_first_version(walk: Walk, project: str) -> None:
    """From the history, which offers it."""
    walk.go(f"{project}history/")
    walk.page.locator("#from").select_option("1")
    walk.follow(walk.page.locator(".history-choose button"))


def look_at_a_workbook(walk: Walk, folder: Path, key: str, said: str) -> None:
    """The portfolio fetched, one contact changed in it, and sent back to see what it would do."""
    walk.go("/en/portfolio/import/")
    file = folder / "portfolio.xlsx"
    walk.download("The portfolio as it stands").save_as(file)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("Key")].value == key)
    row[heads.index("Contact's role")].value = said
    book.save(file)
    walk.page.locator("input[type=file]").set_input_files(file)
    walk.click("See what it would do", "button")
