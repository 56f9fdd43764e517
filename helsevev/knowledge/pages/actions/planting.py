"""The bank's roots, the desk's groups, and the texts that come with the product (plante).

Runs whenever an installation is made ready, so it looks first whether there is anything to do. A text becomes a page
once; when the file changes, so does the page, unless an editor has changed it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID, uuid4

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection as WagtailCollection
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Revision,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.signal_handlers import disable_reference_index_auto_update

from helsevev.commons.audit import actions as audit
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.knowledge.pages.actions import offering, showing
from helsevev.knowledge.pages.models import MODELS, Bank, KnowledgePage, LoadedFile
from helsevev.knowledge.pages.rules.drafting import Draft, read
from helsevev.knowledge.pages.rules.faults import Fault
from helsevev.knowledge.pages.rules.kinds import KINDS, LANGUAGES
from helsevev.knowledge.pages.rules.permissions import GROUPS

TITLES: Mapping[str, str] = {"nb": "Kunnskapsbanken", "nn": "Kunnskapsbanken", "en": "The knowledge bank"}
ALL = "data/knowledge"
STEPLEN = 4


@dataclass(frozen=True)
class Text:
    """A text file: its name below the folder, its bytes' digest, and what it says."""

    name: str
    digest: str
    draft: Draft


# --- Roots -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def plant_roots() -> bool:
    """A bank for each language, and the desk's groups; says whether anything was missing."""
    if Bank.objects.count() >= len(LANGUAGES):
        return False
    Locale.objects.exclude(language_code__in=LANGUAGES).delete()
    root = Page.get_first_root_node() or _plant_root()
    for welcome in root.get_children().exclude(pk__in=Bank.objects.values("pk")):
        welcome.delete()
    key, banks = uuid4(), {}
    for language in LANGUAGES:
        locale, _made = Locale.objects.get_or_create(language_code=language)
        root.refresh_from_db()
        bank = Bank(title=TITLES[language], slug=f"knowledge-{language}", locale=locale, translation_key=key)
        banks[language] = root.add_child(instance=bank)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=banks["nb"], is_default_site=True, site_name="Helsevev")
    _plant_groups(root)
    return True


def _plant_root() -> Page:
    """What all pages hang under: Wagtail's migrations make it, and so do we where tables were emptied after them."""
    locale, _made = Locale.objects.get_or_create(language_code=LANGUAGES[0])
    kind = ContentType.objects.get_for_model(Page)
    return Page.add_root(instance=Page(title="Root", slug="root", locale=locale, content_type=kind))


def _plant_groups(root: Page) -> None:
    """Writers write and send to be looked at; publishers publish too. Nothing else of Wagtail is anyone's."""
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    pictures = WagtailCollection.get_first_root_node() or WagtailCollection.add_root(name="Root")
    for action, name in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        allowed = ["add_page", "change_page"] if action == "write" else ["publish_page", "lock_page", "unlock_page"]
        for codename in allowed:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        group.permissions.set(_model_permissions(action))
        if action == "publish":
            _plant_moderation(root, group)
        if action == "write":
            for codename in ("add_image", "change_image", "choose_image"):
                permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=codename)
                GroupCollectionPermission.objects.get_or_create(group=group, collection=pictures, permission=permission)


def _plant_moderation(root: Page, publishers: Group) -> None:
    """What a writer sends in waits for a publisher, in the whole tree."""
    task = GroupApprovalTask.objects.first() or GroupApprovalTask.objects.create(name="Moderation")
    task.groups.set([publishers])
    workflow = Workflow.objects.first() or Workflow.objects.create(name="Moderation")
    Workflow.objects.filter(pk=workflow.pk).update(name="Moderation")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})


def _model_permissions(action: str) -> Iterable[Permission]:
    """What each group may do with things that aren't pages."""
    if action == "write":
        wanted = [
            ("wagtailadmin", "access_admin"),
            ("pages", "add_attachment"),
            ("pages", "change_attachment"),
            ("pages", "view_attachment"),
            ("simple_translation", "submit_translation"),
        ]
    else:
        wanted = [
            ("pages", "delete_attachment"),
            *(("wagtailredirects", f"{verb}_redirect") for verb in ("add", "change", "delete", "view")),
        ]
    for app, codename in wanted:
        yield Permission.objects.get(content_type__app_label=app, codename=codename)


# --- Texts -----------------------------------------------------------------------------------------------------------
def plant(folder: Path, say: Callable[[str], None]) -> int:
    """Make pages of the folder's texts that are new or have changed; says how many. Refused when one is faulty."""
    found = list(_files(folder))
    if not found:
        return 0
    whole = hashlib.sha256("\n".join(f"{name} {digest}" for name, digest in found).encode()).hexdigest()
    known = dict(LoadedFile.objects.values_list("name", "digest"))
    if known.get(ALL) == whole:
        return 0
    new = [(name, digest) for name, digest in found if known.get(name) != digest]
    texts = [Text(name, digest, _read(folder, name)) for name, digest in new]
    with transaction.atomic(), disable_reference_index_auto_update():
        changed = _plant(texts, folder)
        LoadedFile.objects.update_or_create(name=ALL, defaults={"digest": whole})
        if changed:
            audit.record("system:prepare", "loaded", "pages", ALL, {"pages": changed})
    if changed:
        say(f"Knowledge: {changed} pages from texts that come with the product.")
    return changed


def faults(folder: Path) -> Iterator[str]:
    """A sentence for each text of the folder that can't be understood."""
    for name, _digest in _files(folder):
        try:
            _read(folder, name)
        except Refused as refused:
            yield str(refused)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text below the folder, with the digest of what it says."""
    for kind in KINDS:
        # Bokmål first: the text that was made first is the one that the others are translations of.
        for path in sorted((folder / kind).glob("*.md"), key=_by_language):
            yield f"{kind}/{path.name}", hashlib.sha256(path.read_bytes()).hexdigest()


def _by_language(path: Path) -> tuple[str, int]:
    slug, _dot, language = path.stem.rpartition(".")
    return slug, LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


def _read(folder: Path, name: str) -> Draft:
    kind, _slash, file = name.partition("/")
    try:
        return read(kind, file, (folder / name).read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        why = gettext_noop("%(file)s isn't written in UTF-8.")
        raise Refused(Refusal(why, {"file": name})) from error
    except Fault as fault:
        place = f"{name}, line {fault.line}" if fault.line else name
        why = gettext_noop("%(place)s: %(why)s")
        raise Refused(Refusal(why, {"place": place, "why": fault.refusal})) from fault


def _plant(texts: Sequence[Text], folder: Path) -> int:
    rows = {row.name: row for row in LoadedFile.objects.filter(name__in=[text.name for text in texts])}
    new = [text for text in texts if text.name not in rows]
    made = grow([text.draft for text in new], folder=folder)
    LoadedFile.objects.bulk_create(
        LoadedFile(name=text.name, digest=text.digest, page_id=page.pk, revision=page.latest_revision_id)
        for text, page in zip(new, made, strict=True)
    )
    changed = [page for text in texts if text.name in rows and (page := _renew(text, rows[text.name], folder))]
    showing.show([*made, *changed])
    return len(made) + len(changed)


def _renew(text: Text, row: LoadedFile, folder: Path) -> KnowledgePage | None:
    """The page as the changed file says; left alone where an editor has changed or deleted it."""
    row.digest = text.digest
    row.save(update_fields=["digest"])
    page: KnowledgePage | None = MODELS[text.draft.kind].objects.filter(pk=row.page_id or 0).first()
    if page is None or page.latest_revision_id != row.revision:
        return None
    fill(page, text.draft, folder)
    revision = page.save_revision(log_action=False, clean=False)
    page.live_revision = page.latest_revision = revision
    page.last_published_at = timezone.now()
    page.has_unpublished_changes = False
    page.save(clean=False)
    row.revision = revision.pk
    row.save(update_fields=["revision"])
    return page


def grow(drafts: Sequence[Draft], *, live: bool = True, folder: Path | None = None) -> list[KnowledgePage]:
    """Pages of these drafts, each with its first revision; a few statements for each page."""
    banks = {bank.locale.language_code: bank for bank in Bank.objects.select_related("locale")}
    families: dict[tuple[str, str], UUID] = {
        (row.kind_name, row.slug): row.translation_key
        for kind in {draft.kind for draft in drafts}
        for row in MODELS[kind].objects.filter(slug__in=[draft.slug for draft in drafts if draft.kind == kind])
    }
    made = []
    for draft in drafts:
        bank = banks[draft.language]
        page = MODELS[draft.kind](
            slug=draft.slug,
            locale=bank.locale,
            live=live,
            translation_key=families.setdefault((draft.kind, draft.slug), uuid4()),
        )
        fill(page, draft, folder)
        _date(page, draft, live=live)
        bank.numchild += 1
        page.path = Page._get_path(bank.path, bank.depth + 1, _last_step(bank) + 1)  # noqa: SLF001 - treebeard's own
        bank.last_step = _last_step(bank) + 1
        page.depth = bank.depth + 1
        page.set_url_path(bank)
        page.save(clean=False)
        made.append(page)
    for bank in banks.values():
        Page.objects.filter(pk=bank.pk).update(numchild=bank.numchild)
    _first_revisions(made, live=live)
    return made


def _last_step(bank: Bank) -> int:
    """The number of the last page below a bank."""
    if not hasattr(bank, "last_step"):
        last = Page.objects.filter(path__startswith=bank.path, depth=bank.depth + 1).order_by("-path").first()
        bank.last_step = Page._str2int(last.path[-STEPLEN:]) if last else 0  # noqa: SLF001 - treebeard's own
    return int(bank.last_step)


def fill(page: KnowledgePage, draft: Draft, folder: Path | None) -> None:
    """What the draft says, on the page."""
    if folder and draft.files:
        page.knowledge_files = offering.offered(draft, folder / "files")
    page.title = page.draft_title = draft.title
    page.lead = draft.lead
    page.body = [{**block, "id": str(uuid4())} for block in draft.body]
    for name, value in {**draft.lists, **draft.own}.items():
        setattr(page, name, value)
    page.sources = [dict(source) for source in draft.sources]
    page.initiative, page.contact_role = draft.initiative, draft.contact_role
    if draft.review_on:
        page.review_on = draft.review_on


def _date(page: KnowledgePage, draft: Draft, *, live: bool) -> None:
    now = timezone.now()
    if not live:
        page.has_unpublished_changes = True
        return
    moment = datetime.combine(draft.published_on, time(12), tzinfo=UTC) if draft.published_on else now
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = moment


def _first_revisions(pages: Sequence[KnowledgePage], *, live: bool) -> None:
    """The version that history begins with."""
    base = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=ContentType.objects.get_for_model(page),
                base_content_type=base,
                object_id=str(page.pk),
                created_at=page.latest_revision_created_at or timezone.now(),
                object_str=page.title,
                content=page.serializable_data(),
            )
            for page in pages
        ]
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
        if live:
            page.live_revision = revision
    Page.objects.bulk_update(
        [Page(pk=page.pk, latest_revision=page.latest_revision, live_revision=page.live_revision) for page in pages],
        ["latest_revision", "live_revision"],
        batch_size=200,
    )
