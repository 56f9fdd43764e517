"""Files that pages give their readers: taken in through the files' room, and offered on a page."""

from collections.abc import Collection
from pathlib import Path

from helsevev.commons.files import actions as files
from helsevev.commons.files import queries as stored
from helsevev.commons.files.models import StoredFile
from helsevev.core import filewords
from helsevev.core.strictjson import keepable
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.knowledge.pages.models import Attachment, PageFile
from helsevev.knowledge.pages.models.files import OWNER
from helsevev.knowledge.pages.rules.drafting import Draft, OfferedFile


def offered(draft: Draft, folder: Path) -> list[PageFile]:
    """The draft's files, as its page offers them; Refused where one isn't there."""
    return [
        PageFile(
            sort_order=place,
            attachment=_attachment(one, draft, folder),
            label=one.label,
            is_example=one.example,
        )
        for place, one in enumerate(draft.files)
    ]


def _attachment(one: OfferedFile, draft: Draft, folder: Path) -> Attachment:
    path = folder / one.file
    if not path.is_file():
        why = gettext_noop("%(page)s offers the file %(file)s, which isn't in the folder for files.")
        raise Refused(Refusal(why, {"page": f"{draft.kind}/{draft.slug}.{draft.language}.md", "file": one.file}))
    kept = files.store(path.read_bytes(), name=one.file, owner_kind=OWNER, owner_key=one.file, by="system:prepare")
    return attach(kept, one.label or draft.title)


def read_files(pages: Collection[int]) -> None:
    """Note what the files of these pages say, where nobody has read them yet."""
    unread = Attachment.objects.filter(words=None, pk__in=PageFile.objects.filter(page__in=pages).values("attachment"))
    rows = {row.key: row for row in StoredFile.objects.filter(key__in=unread.values("file"))}
    for one in unread:
        row = rows.get(one.file)
        one.words = str(keepable(filewords.words(stored.path(row), one.kind))) if row else ""
        one.save(update_fields=["words"])


def attach(kept: StoredFile, title: str) -> Attachment:
    """A stored file as something that pages can offer."""
    made, _new = Attachment.objects.get_or_create(
        file=kept.key, defaults={"title": title, "name": kept.name, "kind": kept.kind, "size": kept.size}
    )
    return made
