"""The workbook's sheet of the queue (køark): Erlang B agent by agent, so that the staffing is reckoned in cells."""

from xlsxwriter.utility import xl_rowcol_to_cell

from helsevev.core import queueing
from helsevev.core.pricing import formulas, model
from helsevev.core.pricing.book import QUEUE, ROOM, Book, absolute, filled
from helsevev.core.pricing.fields import PROFILE
from helsevev.core.words import gettext_noop


def queue_sheet(book: Book) -> None:
    """A column for each opening hour: load, agents, and Erlang B agent by agent with whether the target is met."""
    hours = book.answer.staffing.hours
    most = min(book.case.centre.max_agents, 2 * max(hour.agents for hour in hours) + ROOM)
    by_place = {one.place.rpartition(".")[2]: one for one in formulas.ROWS if one.place.startswith("staffing.hours")}
    heads = [PROFILE.label, by_place["offered_erlang"].label, by_place["agents"].label, by_place["occupancy"].label]
    heads += [gettext_noop("Erlang B"), by_place["probability_of_wait"].label, by_place["service_level"].label]
    for row, head in enumerate(heads, start=1):
        book.label(QUEUE, row, 0, head)
    for agents in range(most + 1):
        book.sheets[QUEUE].write_number(10 + agents, 0, agents)
    for place, hour in enumerate(hours):
        _queue_hour(book, place, most)
        column, flags = 1 + place, 2 + len(hours) + place
        book.sheets[QUEUE].write_number(0, column, place + 1, book.formats["head"])
        load = hour.offered_erlang
        cells = {
            "hourly_contact_profile": xl_rowcol_to_cell(1, column),
            "offered_erlang": xl_rowcol_to_cell(2, column),
            "agents": xl_rowcol_to_cell(3, column),
            "occupancy": xl_rowcol_to_cell(4, column),
            "blocked": xl_rowcol_to_cell(5, column),
            "probability_of_wait": xl_rowcol_to_cell(6, column),
        }
        book.number(QUEUE, 1, column, book.case.centre.hourly_contact_profile[place])
        book.formula(QUEUE, 2, column, filled(by_place["offered_erlang"], cells), load)
        found = f"MATCH(1,{absolute(11, flags)}:{absolute(10 + most, flags)},0)"
        book.formula(QUEUE, 3, column, found, hour.agents)
        book.formula(QUEUE, 4, column, filled(by_place["occupancy"], cells), hour.occupancy)
        blocked = f"INDEX({absolute(11, column)}:{absolute(10 + most, column)},{cells['agents']})"
        book.formula(QUEUE, 5, column, blocked, queueing.erlang_b(load, hour.agents))
        book.formula(QUEUE, 6, column, filled(by_place["probability_of_wait"], cells), hour.probability_of_wait)
        book.formula(QUEUE, 7, column, filled(by_place["service_level"], cells), hour.service_level)
    book.name("hour_agents", QUEUE, (3, 1), (3, len(hours)))


def _queue_hour(book: Book, place: int, most: int) -> None:
    """One hour's recursion B_k = A·B_{k−1}/(k + A·B_{k−1}), and 1 where k agents meet the target."""
    hours, centre = book.answer.staffing.hours, book.case.centre
    load, column = hours[place].offered_erlang, 1 + place
    offered = xl_rowcol_to_cell(2, column, row_abs=True)
    book.sheets[QUEUE].write_number(10, column, 1, book.formats["number"])
    for agents in range(1, most + 1):
        row = 10 + agents
        count, before = xl_rowcol_to_cell(row, 0, col_abs=True), xl_rowcol_to_cell(row - 1, column)
        now = xl_rowcol_to_cell(row, column)
        blocked = queueing.erlang_b(load, agents)
        book.formula(QUEUE, row, column, f"{offered}*{before}/({count}+{offered}*{before})", blocked)
        late = f"{now}/(1-{offered}/{count}*(1-{now}))*EXP(-({count}-{offered})*target_within_minutes/handling_minutes)"
        flag = (
            f"IF({count}<min_agents,0,IF({count}<={offered},0,IF({offered}/{count}>max_occupancy,0,"
            f"IF(1-{late}>=target_share,1,0))))"
        )
        goal = model.target(book.case)
        met = agents >= max(1, goal.min_agents) and agents > load and load / agents <= goal.max_occupancy
        level = queueing.service_level(load, agents, goal.within, centre.handling_minutes) if met else 0.0
        book.formula(QUEUE, row, 2 + len(hours) + place, flag, 1 if met and level >= goal.share else 0)
