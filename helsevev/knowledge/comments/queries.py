"""Every question asked of comments: what they stand under, what is shown there, what waits for a moderator."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from helsevev.commons.files.models import StoredFile
from helsevev.commons.shelf import queries as shelf
from helsevev.core.languages import in_language
from helsevev.knowledge.comments import rules
from helsevev.knowledge.comments.models import FILE_OWNER, Comment, Report
from helsevev.knowledge.pages.models import Shown
from helsevev.knowledge.pages.rules.kinds import INSTEAD

PUBLISHED = "project-published"
MOST_SHOWN = 500


@dataclass(frozen=True)
class Subject:
    """What comments stand under (emne): a published page, or a project that is open to everyone."""

    on: str
    key: str
    title: str
    url: str
    when: rules.When
    initiative: str = ""

    @property
    def address(self) -> str:
        """Where its comments are read and written."""
        return reverse("comments:subject", args=[self.on, self.key])


@dataclass
class Told:
    """A comment as it is shown, with its file and its answers; `row` is None where it is deleted."""

    row: Comment | None
    file: StoredFile | None
    answers: "list[Told]"


def subject(on: str, key: str, language: str) -> Subject | None:
    """What may be commented on; None where it isn't open to everyone, or takes no comments."""
    found = _page(key, language) if on == rules.On.PAGE else _project(key, language) if on == rules.On.PROJECT else None
    return None if found is None or found.when is rules.When.CLOSED else found


def _page(key: str, language: str) -> Subject | None:
    try:
        family = UUID(key)
    except ValueError:
        return None
    texts = {row.language: row for row in Shown.objects.filter(family=family)}
    row = next((texts[code] for code in INSTEAD.get(language, INSTEAD["nb"]) if code in texts), None)
    if row is None:
        return None
    url = f"/{language}/knowledge/{row.slug}/"
    when = rules.moderation(rules.On.PAGE, row.kind)
    return Subject(rules.On.PAGE, str(family), row.title, url, when, row.initiative)


def _project(key: str, language: str) -> Subject | None:
    """A project is known here by what lies on the shelf: the portfolio puts it there once it is published."""
    item = shelf.current(PUBLISHED, key).first()
    if item is None:
        return None
    title = in_language(language, item.body.get("titles") or {"nb": item.title}).text or item.title
    when = rules.moderation(rules.On.PROJECT, "")
    return Subject(rules.On.PROJECT, key, title, f"/{language}/portfolio/{key}/", when, key)


# --- What is shown ---------------------------------------------------------------------------------------------------
def shown(on: str, key: str) -> list[Told]:
    """Conversations in the order they began; a deleted comment keeps its place while it has answers."""
    rows = list(Comment.objects.filter(on=on, subject=key, state=rules.State.SHOWN)[:MOST_SHOWN])
    kept = files(rows)
    threads: dict[UUID, Told] = {}
    for row in rows:
        told = Told(row, kept.get(str(row.key)), [])
        if row.is_answer:
            threads.setdefault(row.thread, Told(None, None, [])).answers.append(told)
        else:
            threads[row.key] = told
    return list(threads.values())


def total(threads: Iterable[Told]) -> int:
    """How many comments these conversations have."""
    return sum((told.row is not None) + len(told.answers) for told in threads)


def files(rows: Iterable[Comment]) -> dict[str, StoredFile]:
    """The file of each of these comments that has one."""
    found = StoredFile.objects.filter(
        owner_kind=FILE_OWNER, owner_key__in=[str(row.key) for row in rows], state=StoredFile.State.KEPT
    )
    return {file.owner_key: file for file in found}


def one(key: UUID) -> Comment | None:
    """The comment with this key."""
    return Comment.objects.filter(key=key).first()


def own(token: str) -> Comment | None:
    """The comment that this link belongs to."""
    return Comment.objects.filter(digest=rules.token_digest(token)).exclude(state=rules.State.DELETED).first()


def begins(on: str, key: str, thread: str) -> Comment | None:
    """The shown comment of this subject that an answer would belong to."""
    try:
        wanted = UUID(thread)
    except ValueError:
        return None
    return Comment.objects.filter(on=on, subject=key, key=wanted, state=rules.State.SHOWN).first()


# --- For moderators --------------------------------------------------------------------------------------------------
def waiting() -> QuerySet[Comment]:
    """What nobody has read yet, the oldest first."""
    return Comment.objects.filter(state=rules.State.WAITING)


def reported() -> QuerySet[Comment]:
    """What is shown, and somebody finds shouldn't be."""
    open_ = Count("reports", filter=Q(reports__settled_at=None))
    return Comment.objects.filter(state=rules.State.SHOWN).annotate(open_reports=open_).filter(open_reports__gt=0)


def reasons(rows: Iterable[Comment]) -> dict[int, list[str]]:
    """What was said of each in reports that aren't settled."""
    found: dict[int, list[str]] = {}
    for comment, reason in Report.objects.filter(comment__in=list(rows), settled_at=None).values_list(
        "comment_id", "reason"
    ):
        found.setdefault(comment, []).append(reason)
    return found


def waiting_bytes() -> int:
    """How much room the files take that nobody has looked at."""
    keys = [str(key) for key in waiting().values_list("key", flat=True)]
    kept = StoredFile.objects.filter(owner_kind=FILE_OWNER, owner_key__in=keys, state=StoredFile.State.KEPT)
    return kept.aggregate(sum=Sum("size"))["sum"] or 0
