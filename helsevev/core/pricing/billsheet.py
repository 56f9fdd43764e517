"""The workbook's sheet of bills (regningsark): a row for each municipality, by its keys and by its scheme."""

from xlsxwriter.utility import xl_rowcol_to_cell

from helsevev.core.pricing import bills, formulas, model
from helsevev.core.pricing import book as pages
from helsevev.core.pricing.book import BILLS, GROUPS, PARTNERS, TIERS, Book, absolute
from helsevev.core.pricing.fields import MUNICIPALITY, PATIENTS
from helsevev.core.pricing.formulas import ROWS, WEIGHTS
from helsevev.core.words import gettext_noop

BY_NAME = {one.name: one for one in ROWS}
NAMES = ("patients", "coverage", "weight", "fixed", "municipal", "readiness", "months_nok", "volume", "bill")
COLUMN = {name: place for place, name in enumerate(NAMES, start=2)}
FLOOR = len(NAMES) + 2
REMAINDER, ROUNDED = FLOOR + 1, FLOOR + 2
MARGINAL = ROUNDED + 1
CHECK = gettext_noop("Total cost less the sum of bills")


def bill_sheet(book: Book) -> None:
    """All bills, their sum, and what they differ from the cost."""
    case, count = book.case, len(book.case.municipalities)
    _heads(book)
    at, who = model.levels(case), model.volumes(case)
    rates = model.money(case, at, who, model.hours(case, at, who))
    for row in range(1, count + 1):
        _row(book, row, rates)
        _rounding(book, row)
        _marginals(book, row)
    for name, column in (("bill_months", COLUMN["months_nok"]), ("municipality_weight", COLUMN["weight"])):
        book.name(name, BILLS, (1, column), (count, column))
    book.label(BILLS, count + 1, 1, pages.SUM)
    totals = (
        (COLUMN["bill"], sum(bill.total_nok for bill in book.answer.bills)),
        (ROUNDED, sum(bill.bill_ore for bill in book.answer.bills) / 100),
    )
    for column, value in totals:
        cells = f"{xl_rowcol_to_cell(1, column)}:{xl_rowcol_to_cell(count, column)}"
        book.formula(BILLS, count + 1, column, f"SUM({cells})", value)
    book.label(BILLS, count + 2, 1, CHECK)
    summed = xl_rowcol_to_cell(count + 1, COLUMN["bill"])
    book.formula(BILLS, count + 2, COLUMN["bill"], f"ROUND(total_nok-{summed},6)", round(book.answer.residual_nok, 6))


def _heads(book: Book) -> None:
    """The columns' names."""
    labels = {"patients": PATIENTS.label, "weight": pages.WEIGHT, "months_nok": pages.MONTHS_NOK}
    labels |= {name: BY_NAME[name].label for name in NAMES if name in BY_NAME}
    for column, head in enumerate(pages.HEADS[10:12]):
        book.label(BILLS, 0, column, head)
    for name, column in COLUMN.items():
        book.label(BILLS, 0, column, labels[name])
    book.label(BILLS, 0, ROUNDED, pages.ROUNDED)
    for place, group in enumerate(book.case.groups):
        book.text(BILLS, 0, MARGINAL + place, f"{book.words(pages.MARGINAL)}: {group.id}", "head")


def _row(book: Book, row: int, rates: model.Money) -> None:
    """One municipality's parts and bill."""
    case, partner, bill = book.case, book.case.municipalities[row - 1], book.answer.bills[row - 1]
    cells = _cells(book, row)
    start = pages.FIRST_COLUMN + len(MUNICIPALITY)
    first, last = book.at(PARTNERS, row, start), absolute(row, start + len(case.groups) - 1)
    texts = {
        "patients": f"SUM({first}:{last})",
        "coverage": "IF(eligible>0,patients/eligible,0)",
        "weight": WEIGHTS[case.incentive.kind],
        "months_nok": _months(book, row),
    }
    values = {
        "patients": partner.total_patients,
        "coverage": partner.coverage or 0.0,
        "weight": float(bills.weight(case.incentive, partner)),
        "months_nok": float(bills.months_paid(case, partner, rates)),
        "bill": bill.total_nok,
    }
    for column, text in enumerate((partner.number, partner.name)):
        book.text(BILLS, row, column, text)
    for name, column in COLUMN.items():
        text = texts.get(name) or BY_NAME[name].expression
        value = values[name] if name in values else getattr(bill.parts, name)
        book.formula(BILLS, row, column, formulas.NAME.sub(lambda found: cells.get(found[0], found[0]), text), value)


def _cells(book: Book, row: int) -> dict[str, str]:
    """The cells of one municipality by the names that formulas use."""
    cells = {leaf.key: book.at(PARTNERS, row, pages.FIRST_COLUMN + at) for at, leaf in enumerate(MUNICIPALITY)}
    return cells | {name: xl_rowcol_to_cell(row, column) for name, column in COLUMN.items()}


def _price(book: Book, place: int) -> str:
    """The cell of a group's price."""
    return book.at(GROUPS, place + 1, 6)


def _patients(book: Book, row: int, place: int) -> str:
    """The cell of a municipality's patients in a group; reserved places stand behind those of all groups."""
    return book.at(PARTNERS, row, pages.FIRST_COLUMN + len(MUNICIPALITY) + place)


def _months(book: Book, row: int) -> str:
    """Patient-months in kroner before κ, under the scheme."""
    groups = range(len(book.case.groups))
    if book.case.incentive.kind == "take_or_pay":
        billed = (f"{_price(book, at)}*{_places(book, row, at, _patients(book, row, at))}" for at in groups)
        return f"12*({'+'.join(billed)})"
    plain = "+".join(f"{_patients(book, row, at)}*{_price(book, at)}" for at in groups)
    if book.case.incentive.kind == "tiers":
        patients = xl_rowcol_to_cell(row, COLUMN["patients"])
        return f"IF({patients}>0,12*({plain})*{_paid(book, row, patients)}/{patients},0)"
    return f"12*({plain})"


def _places(book: Book, row: int, place: int, patients: str) -> str:
    """Places billed for under take-or-pay."""
    reserved = _patients(book, row, len(book.case.groups) + place)
    used = f"(1-incentive_theta)*MIN({patients},{reserved})"
    above = f"(1+incentive_sigma)*MAX(0,{patients}-{reserved})"
    return f"(incentive_theta*{reserved}+{used}+{above})"


def _paid(book: Book, row: int, patients: str) -> str:
    """Patients as tiers count them."""
    eligible = _cells(book, row)["eligible"]
    lows = [f"{book.at(TIERS, at, 0)}*{eligible}" for at in range(1, len(book.case.incentive.tiers) + 1)]
    parts = [f"MIN({patients},{lows[0]})"]
    for at, low in enumerate(lows, start=1):
        top = f"MIN({patients},{lows[at]})" if at < len(lows) else patients
        parts.append(f"(1-{book.at(TIERS, at, 1)})*MAX(0,{top}-{low})")
    return f"({'+'.join(parts)})"


def _rounding(book: Book, row: int) -> None:
    """Whole øre by the largest remainder, ties by number: the part below, the remainder, and the bill."""
    bill, count = book.answer.bills[row - 1], len(book.case.municipalities)
    total = xl_rowcol_to_cell(row, COLUMN["bill"])
    floor, left = xl_rowcol_to_cell(row, FLOOR), xl_rowcol_to_cell(row, REMAINDER)
    low = int(bill.total_nok * 100 // 1)
    book.formula(BILLS, row, FLOOR, f"INT({total}*100)", low)
    book.formula(BILLS, row, REMAINDER, f"{total}*100-{floor}", bill.total_nok * 100 - low)

    def whole(column: int) -> str:
        return f"{absolute(1, column)}:{absolute(count, column)}"

    before = (
        f"SUMPRODUCT(({whole(REMAINDER)}>{left})+({whole(REMAINDER)}={left})*({whole(0)}<{xl_rowcol_to_cell(row, 0)}))"
    )
    units = f"ROUND(SUM({whole(COLUMN['bill'])})*100,0)-SUM({whole(FLOOR)})"
    book.formula(BILLS, row, ROUNDED, f"({floor}+IF({before}<{units},1,0))/100", bill.bill_ore / 100)


def _marginals(book: Book, row: int) -> None:
    """What one more patient of each group costs: rates and κ locked, the readiness pool held."""
    bill, kind = book.answer.bills[row - 1], book.case.incentive.kind
    cells = _cells(book, row)
    for place, group in enumerate(book.case.groups):
        year = f"12*{_price(book, place)}"
        patients = cells["patients"]
        text = year
        if kind == "tiers":
            text = f"{year}*kappa*({_paid(book, row, f'({patients}+1)')}-{_paid(book, row, patients)})"
        elif kind == "take_or_pay":
            own = _patients(book, row, place)
            text = f"{year}*({_places(book, row, place, f'({own}+1)')}-{_places(book, row, place, own)})"
        elif kind == "readiness":
            text = _with_readiness(year, cells)
        book.formula(BILLS, row, MARGINAL + place, text, bill.marginal_patient_year_nok[group.id])


def _with_readiness(year: str, cells: dict[str, str]) -> str:
    """The price of a year and what it changes in the readiness pool's sharing."""
    weight, eligible = cells["weight"], cells["eligible"]
    reached = f"MIN(1,({cells['patients']}+1)/{eligible}/incentive_target_coverage)"
    after = f"{eligible}*(1+incentive_gamma*(1-{reached}))"
    change = f"{after}/(SUM(municipality_weight)-{weight}+{after})-{weight}/SUM(municipality_weight)"
    return f"IF({eligible}>0,{year}+readiness_nok*({change}),{year})"
