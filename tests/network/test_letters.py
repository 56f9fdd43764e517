"""Who follows a project hears by letter that it has changed: once for many edits, and only what they may see."""

from datetime import timedelta

import pytest

from helsevev.commons.initiatives.actions import follow
from helsevev.commons.initiatives.models import Follow
from helsevev.commons.mail.models import Message
from helsevev.commons.people.actions import choose_notices
from helsevev.commons.people.rules import Role
from helsevev.network.portfolio.actions import change, publish, tell_followers, undo, withdraw
from helsevev.network.portfolio.actions.letters import GATHERED_FOR
from helsevev.network.portfolio.models import Project, Revision
from helsevev.network.portfolio.panels import notices

pytestmark = pytest.mark.usefixtures("portfolio")
KEY = "mila-2026"


@pytest.fixture
def reader(person):
    found = person(Role.READER)
    found.language = "en"
    found.save()
    follow(found, project().initiative)
    return found


def project(key=KEY):
    return Project.objects.select_related("initiative").get(initiative__key=key)


def edit(actor="someone", key=KEY, **fields):
    return change(project(key), fields, actor)


def later(minutes=61):
    """Time passes: everything that has happened lies so much further back."""
    for model, column in ((Revision, "at"), (Follow, "heard_until")):
        for row in model.objects.all():
            setattr(row, column, getattr(row, column) - timedelta(minutes=minutes))
            row.save(update_fields=[column])


def tell():
    """As outside a demonstration, where changes are gathered."""
    return tell_followers(GATHERED_FOR)


def letters():
    return list(Message.objects.filter(kind="project_news").order_by("pk"))


def test_many_edits_in_an_hour_become_one_letter(reader):
    edit(contact_role="First")
    later(30)
    for number in range(9):
        edit(contact_role=f"Draft {number}", phase_note=f"Note {number}")
    assert tell() == 0
    later(31)
    assert tell() == 1
    (letter,) = letters()
    assert letter.to == reader.email
    assert letter.subject == f"Changed: {project().initiative.title_en}"
    assert "Contact" in letter.body
    assert f"/en/portfolio/{KEY}/" in letter.body
    assert "/en/me/" in letter.body
    later()
    assert tell() == 0


def test_what_changes_after_a_letter_comes_in_the_next(reader):
    edit(contact_role="First")
    later()
    tell()
    edit(award_year=2019)
    assert tell() == 0
    later()
    assert tell() == 1
    assert "Contact" not in letters()[1].body


def test_several_projects_come_in_one_letter(reader):
    follow(reader, project("fonna-bu").initiative)
    edit(contact_role="First")
    edit(key="fonna-bu", contact_role="Second")
    later()
    tell()
    (letter,) = letters()
    assert f"/portfolio/{KEY}/" in letter.body
    assert "/portfolio/fonna-bu/" in letter.body
    assert "2 projects" in letter.subject


def test_nobody_hears_of_their_own_change_or_of_one_taken_back(reader):
    edit(actor=str(reader.key), contact_role="My own")
    undo(edit(phase_note="A slip"), "someone")
    later()
    assert tell() == 0
    assert letters() == []


def test_who_wants_no_letters_gets_none_and_later_no_old_news(reader):
    (notice,) = notices()
    choose_notices(reader, {notice.kind: False})
    edit(contact_role="First")
    later()
    assert tell() == 0
    choose_notices(reader, {notice.kind: True})
    assert tell() == 0


def test_a_closed_account_gets_no_letter(reader):
    reader.is_active = False
    reader.save()
    edit(contact_role="First")
    later()
    assert tell() == 0


def test_what_happens_out_of_sight_is_told_when_it_is_shown(reader):
    withdraw(project(), "someone")
    edit(contact_role="In secret")
    later()
    assert tell() == 0
    publish(project(), "someone")
    later()
    assert tell() == 1


def test_nobody_hears_of_what_was_before_they_followed(reader, person):
    edit(contact_role="First")
    later()
    newcomer = person(Role.READER)
    follow(newcomer, project().initiative)
    tell()
    assert [letter.to for letter in letters()] == [reader.email]


def test_the_letter_names_the_project_as_its_reader_does(reader):
    reader.language = "nn"
    reader.save()
    edit(title_nn="Heime på nett")
    later()
    tell()
    (letter,) = letters()
    assert letter.language == "nn"
    assert "Heime på nett" in letter.subject


def test_a_demonstration_shows_the_letter_at_once(cast):
    cast["reader"].post(f"/en/portfolio/{KEY}/follow/")
    edit(contact_role="First")
    tell_followers()
    (letter,) = letters()
    assert letter.subject in cast["stranger"].get("/en/demo/mail/").content.decode().replace("&#x27;", "'")


def test_one_fresh_change_doesnt_hold_back_another_that_has_waited(reader):
    follow(reader, project("fonna-bu").initiative)
    edit(contact_role="First")
    later()
    edit(key="fonna-bu", contact_role="Second")
    assert tell() == 1
    later()
    assert tell() == 0, "both stood in the one letter"


def test_a_day_of_silence_costs_nothing(reader, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert tell() == 0
