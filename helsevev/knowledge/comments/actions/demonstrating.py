"""What a demonstration shows of comments: some that stand, one that waits and one that is reported; invented people."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.knowledge.comments import queries, rules
from helsevev.knowledge.comments.models import Comment, Report
from helsevev.knowledge.comments.rules import On, State
from helsevev.knowledge.pages.actions.remembering import forget_pages
from helsevev.knowledge.pages.models import Shown

NAMESPACE = UUID("6b0f3a54-9a7e-4f1d-8c53-2f7d1f4c9e10")
# On what, slug or key, state, name, text, how many days ago, and the number of the one it answers.
SAID: tuple[tuple[On, str, State, str, str, int, int | None], ...] = (
    (
        On.PAGE,
        "trygg-barsel",
        State.SHOWN,
        "Prøve Jordmor",
        "Takk for at dere skriver hva som ikke gikk. Hvem hos dere avgjorde hva «24 timer» skulle regnes fra?",
        6,
        None,
    ),
    (
        On.PAGE,
        "trygg-barsel",
        State.SHOWN,
        "Prøve Prosjektleder",
        "Det ble aldri avgjort, og det er lærdommen: skriv det ned og signer det før den første familien er med.",
        5,
        0,
    ),
    (
        On.PAGE,
        "gevinstplan",
        State.SHOWN,
        "Prøve Økonom",
        "Vi la til en kolonne for hvem som betaler og hvem som sparer. Da ble planen lest på begge sider.",
        3,
        None,
    ),
    (
        On.PROJECT,
        "mila-2026",
        State.WAITING,
        "Prøve Fastlege",
        "Får fastlegen se målingene, eller bare et varsel når noe er galt?",
        1,
        None,
    ),
)
REPORTED = (2, "Prøve: dette hører hjemme et annet sted.")


@transaction.atomic
def demonstrate() -> int:
    """Make those that are missing, where their pages are; says how many. One that was deleted stays so for a while."""
    if not settings.DEMO:
        return 0
    standing = set(Comment.objects.values_list("key", flat=True))
    rows = [row for place in range(len(SAID)) if _key(place) not in standing and (row := _row(place))]
    if not rows:
        return 0
    made = {row.key: row for row in Comment.objects.bulk_create(rows)}
    place, reason = REPORTED
    if reported := made.get(_key(place)):
        Report.objects.create(comment=reported, reason=reason)
    forget_pages()
    return len(rows)


def _key(place: int) -> UUID:
    return uuid5(NAMESPACE, str(place))


def _row(place: int) -> Comment | None:
    on, name, state, by, text, days, answers = SAID[place]
    family = Shown.objects.filter(slug=name).values_list("family", flat=True).first() if on is On.PAGE else None
    key = str(family or name)
    if queries.subject(on, key, "nb") is None:
        return None
    return Comment(
        key=_key(place),
        on=on,
        subject=key,
        thread=_key(place if answers is None else answers),
        language="nb",
        name=by,
        text=text,
        digest=rules.token_digest(str(_key(place))),
        state=state,
        written_at=timezone.now() - timedelta(days=days),
    )
