"""The one way in for uploads: what is kept, what is refused, who gets it out again, and how it is let go."""

import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import hostile_pdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.audit.models import Line
from helsevev.commons.files import actions, queries, rules
from helsevev.commons.files.actions.incoming import Incoming, IncomingFile
from helsevev.commons.files.forms import UploadField
from helsevev.commons.files.middleware import UploadMiddleware
from helsevev.commons.files.models import StoredFile
from helsevev.commons.files.views import serve, takes_files
from helsevev.config.urls import urlpatterns as real_urlpatterns
from helsevev.core.verdict import Found
from helsevev.core.words import Refused

OWNER = {"owner_kind": "application", "owner_key": "a-1"}
PLAN = hostile_pdf.plain()
AN_AGE = rules.SWEPT_AFTER.total_seconds() + 60


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings) -> None:
    settings.DATA_DIR = tmp_path


def receive(content: bytes = PLAN, name: str = "plan.pdf", **options: object) -> StoredFile:
    return actions.receive(SimpleUploadedFile(name, content), **{**OWNER, "by": "system:test", **options})


def on_disk(folder: Path) -> list[str]:
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


# --- Taking in -------------------------------------------------------------------------------------------------------
def test_a_file_is_kept_under_a_name_that_says_nothing(db: None, tmp_path: Path) -> None:
    file = receive(name="C:\\Users\\kari\\Plan for 2027.docx")
    assert file.name == "Plan for 2027.pdf"
    assert on_disk(tmp_path) == [f"files/{file.place}"]
    assert str(file.key).replace("-", "") not in file.place.replace("/", "")
    assert queries.path(file).stat().st_mode & 0o077 == 0
    assert file.digest == sha256(queries.path(file).read_bytes()).hexdigest()
    assert file.sent_digest == sha256(PLAN).hexdigest()
    assert Line.objects.get(kind="file").verb == "received"


@pytest.mark.parametrize("name", hostile_pdf.REFUSED)
def test_what_is_refused_leaves_nothing(name: str, db: None, tmp_path: Path) -> None:
    make, why = hostile_pdf.REFUSED[name]
    with pytest.raises(Refused) as refused:
        receive(make())
    assert refused.value.refusals[0].why == rules.Why[why].value
    assert "%(" not in str(refused.value)
    assert not StoredFile.objects.exists()
    assert on_disk(tmp_path) == []


def test_what_acts_is_kept_without_it_and_says_so(db: None) -> None:
    file = receive(hostile_pdf.with_attachment())
    assert "attachments" in file.removed
    assert file.digest != file.sent_digest


def test_an_empty_file_is_refused(db: None) -> None:
    with pytest.raises(Refused, match="empty"):
        receive(b"")


def test_the_same_file_twice_is_one(db: None, tmp_path: Path) -> None:
    first, second = receive(), receive(name="again.pdf")
    assert first.pk == second.pk
    assert len(on_disk(tmp_path)) == 1
    assert receive(owner_key="a-2").pk != first.pk


def test_a_file_that_was_let_go_can_be_sent_again(db: None) -> None:
    first = receive()
    actions.withdraw(first, by="system:test")
    assert receive().pk != first.pk


def test_an_owner_keeps_no_more_than_there_is_room_for(db: None) -> None:
    used = receive().size
    with pytest.raises(Refused, match=r"room for \d+ B more"):
        receive(hostile_pdf.plain("Another"), quota_bytes=used + 100)
    assert queries.used("application", "a-1") == used


def test_a_file_larger_than_the_limit_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="larger than 100 B"):
        receive(limit_bytes=100)
    assert on_disk(tmp_path) == []


def test_a_transaction_that_is_taken_back_leaves_what_the_sweep_takes(db: None, tmp_path: Path, monkeypatch) -> None:
    with actions.arriving(SimpleUploadedFile("a.pdf", PLAN)) as arrived, transaction.atomic():
        actions.keep(arrived, **OWNER, by="system:test")
        transaction.set_rollback(True)
    assert len(on_disk(tmp_path)) == 1
    assert actions.sweep() == 0
    now = time.time()
    monkeypatch.setattr("helsevev.commons.files.queries.time.time", lambda: now + AN_AGE)
    with pytest.raises(Found):
        call_command("check_files")
    assert actions.sweep() == 1
    assert on_disk(tmp_path) == []


def test_half_an_upload_is_swept_away(db: None, tmp_path: Path, monkeypatch) -> None:
    kept = receive()
    half = queries.incoming() / "abc.part"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"%PDF-")
    assert actions.sweep() == 0
    now = time.time()
    monkeypatch.setattr("helsevev.commons.files.queries.time.time", lambda: now + AN_AGE)
    assert actions.sweep() == 1
    assert on_disk(tmp_path) == [f"files/{kept.place}"]


def test_a_row_that_cannot_be_written_takes_its_bytes_along(db: None, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("helsevev.commons.files.actions.receiving.audit.record", lambda *_a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receive()
    assert on_disk(tmp_path) == []


def test_files_go_on_to_another_owner(db: None) -> None:
    file = receive()
    (given_on,) = actions.give_to([file], owner_kind="application", owner_key="a-2", by="system:test")
    actions.erase_all("application", "a-1", by="system:test")
    assert queries.path(given_on).read_bytes()
    assert actions.give_to([file], owner_kind="application", owner_key="a-2", by="system:test") == [given_on]


def test_a_paper_of_our_own_is_kept_byte_for_byte(db: None, tmp_path: Path) -> None:
    paper = hostile_pdf.with_maker()
    file = actions.store(paper, name="Letter", **OWNER, by="system:test")
    assert actions.store(paper, name="Letter", **OWNER, by="system:test") == file
    assert queries.path(file).read_bytes() == paper
    assert (file.name, file.digest) == ("Letter.pdf", sha256(paper).hexdigest())
    assert len(on_disk(tmp_path)) == 1


# --- Letting go ------------------------------------------------------------------------------------------------------
def test_what_is_let_go_is_shown_to_nobody_and_erased_later(
    db: None, tmp_path: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    file = receive()
    assert actions.withdraw_all("application", "a-1", by="system:test") == 1
    file.refresh_from_db()
    assert queries.one(file.key, **OWNER) is None
    with pytest.raises(Http404):
        serve(file)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_due() == 0
    StoredFile.objects.update(withdrawn_at=timezone.now() - rules.ERASED_AFTER - timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_due() == 1
    file.refresh_from_db()
    assert (file.state, file.name) == ("erased", "")
    assert on_disk(tmp_path) == []
    assert [line.verb for line in Line.objects.filter(kind="file").order_by("number")] == [
        "received",
        "withdrew",
        "erased",
    ]


def test_bytes_stay_when_erasing_is_taken_back(db: None, django_capture_on_commit_callbacks: Callable) -> None:
    file = receive()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        actions.erase_all("application", "a-1", by="system:test")
        transaction.set_rollback(True)
    assert queries.path(file).exists()


def test_an_owner_can_be_erased_at_once(db: None, tmp_path: Path, django_capture_on_commit_callbacks: Callable) -> None:
    actions.withdraw(receive(), by="system:test")
    receive(hostile_pdf.plain("Another"))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_all("application", "a-1", by="system:test") == 2
    assert on_disk(tmp_path) == []


# --- Rows and bytes --------------------------------------------------------------------------------------------------
def test_the_check_finds_what_is_missing_changed_or_too_much(db: None, capsys, monkeypatch) -> None:
    missing, changed, fine = (receive(hostile_pdf.plain(word)) for word in ("one", "two", "three"))
    call_command("check_files")
    assert "3 kept, 0 faults" in capsys.readouterr().out
    queries.path(missing).unlink()
    with queries.path(changed).open("r+b") as file:
        file.seek(9)
        file.write(b"!")
    (queries.folder() / "stray").write_bytes(b"")
    now = time.time()
    monkeypatch.setattr("helsevev.commons.files.queries.time.time", lambda: now + AN_AGE)
    with pytest.raises(Found) as found:
        call_command("check_files")
    said = capsys.readouterr().out
    assert found.value.count == 3
    assert f"{missing.key} has a row and no file" in said
    assert f"{changed.key} is not what was received" in said
    assert "stray has no row" in said
    assert str(fine.key) not in said


# --- Handing out -----------------------------------------------------------------------------------------------------
def test_a_file_is_handed_out_to_be_saved_and_never_run(db: None) -> None:
    file = receive(name="Søknad – æøå.pdf")
    response = serve(file)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''S%C3%B8knad")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == queries.path(file).read_bytes()


def test_a_file_that_is_gone_from_the_disk_is_not_found(db: None) -> None:
    file = receive()
    queries.path(file).unlink()
    with pytest.raises(Http404):
        serve(file)


def test_a_key_opens_only_its_owners_door(db: None) -> None:
    file = receive()
    assert queries.one(str(file.key), **OWNER) == file
    assert queries.one(file.key, owner_kind="application", owner_key="a-2") is None
    assert queries.one("not-a-key", **OWNER) is None


# --- The door of a page ----------------------------------------------------------------------------------------------
LIMIT = 200_000


@takes_files(LIMIT)
def page(request: HttpRequest) -> HttpResponse:
    """A page as an owning room has it: a form with words and a file."""
    from django import forms

    class PageForm(forms.Form):
        title = forms.CharField()
        file = UploadField(limit_bytes=LIMIT, required=False)

    form = PageForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        actions.receive(file, **OWNER, by="system:test")
        return HttpResponseRedirect("/done/")
    return HttpResponse(f"{form['title'].value()} {form.errors.as_text()}", status=422)


def small(request: HttpRequest) -> HttpResponse:
    """A page that hasn't said that it takes files."""
    return HttpResponse(str(request.FILES["file"].size))


urlpatterns = [path("page/", page), path("small/", small), *real_urlpatterns]


@pytest.fixture
def browser(settings, person: Callable, sign_in: Callable) -> Client:
    settings.ROOT_URLCONF = __name__
    return sign_in(person(None))


def send(browser: Client, content: bytes, address: str = "/page/", **headers: str) -> HttpResponse:
    data = {"title": "Kept words", "file": SimpleUploadedFile("plan.pdf", content)}
    return browser.post(address, data, headers={"Accept-Language": "en", **headers})


def test_a_page_takes_a_file(browser: Client, tmp_path: Path) -> None:
    assert send(browser, PLAN)["Location"] == "/done/"
    assert len(on_disk(tmp_path)) == 1


def test_the_script_is_told_where_to_go(browser: Client) -> None:
    answer = send(browser, PLAN, **{"X-Waits-For": "upload"})
    assert (answer.status_code, answer.json()) == (200, {"go": "/done/"})


@pytest.mark.parametrize(
    ("content", "said"), [(PLAN + bytes(LIMIT), "larger than 200 kB"), (b"", "empty"), (b"MZ" + PLAN, "PDF")]
)
def test_a_file_that_is_not_taken_loses_no_words(content: bytes, said: str, browser: Client, tmp_path: Path) -> None:
    answer = send(browser, content)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert said in answer.content.decode()
    assert on_disk(tmp_path) == []


def test_far_too_much_is_not_even_read(browser: Client) -> None:
    answer = browser.post(
        "/page/", BytesIO(b"never read"), content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="3000000"
    )
    assert answer.status_code == 413
    assert "200 kB" in answer.content.decode()


def test_strangers_bring_little(settings) -> None:
    settings.ROOT_URLCONF = __name__
    kind = "multipart/form-data; boundary=x"
    answer = Client().post("/small/", BytesIO(b""), content_type=kind, CONTENT_LENGTH=str(8_000_000))
    assert answer.status_code == 413


def test_a_page_that_said_nothing_takes_workbooks_and_no_more(browser: Client) -> None:
    assert send(browser, bytes(300_000), "/small/").content == b"300000"
    kind = "multipart/form-data; boundary=x"
    answer = browser.post("/small/", BytesIO(b""), content_type=kind, CONTENT_LENGTH=str(30_000_000))
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["", "many", "-1"])
def test_a_strange_length_breaks_nothing(length: str) -> None:
    request = RequestFactory().post("/", {"a": "b"})
    request.META["CONTENT_LENGTH"] = length
    assert UploadMiddleware(lambda _request: HttpResponse()).process_view(request, page, (), {}) is None


def test_a_disk_that_fills_is_answered_and_leaves_nothing(db: None, tmp_path: Path) -> None:
    handler = Incoming(RequestFactory().post("/"))
    handler.new_file("file", "plan.pdf", "application/pdf", None)
    handler.part._file = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115
    handler.receive_data_chunk(PLAN, 0)
    handler.receive_data_chunk(PLAN, len(PLAN))
    upload = handler.file_complete(2 * len(PLAN))
    with pytest.raises(Refused, match="no room"):
        actions.receive(upload, **OWNER, by="system:test")
    assert on_disk(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    handler = Incoming(RequestFactory().post("/"))
    handler.new_file("file", "plan.pdf", "application/pdf", None)
    handler.receive_data_chunk(PLAN, 0)
    assert len(on_disk(tmp_path)) == 1
    handler.upload_interrupted()
    assert on_disk(tmp_path) == []


def test_an_upload_goes_when_its_request_ends(tmp_path: Path) -> None:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("plan.pdf", PLAN)})
    assert isinstance(request.FILES["file"], IncomingFile)
    assert len(on_disk(tmp_path)) == 1
    request.close()
    assert on_disk(tmp_path) == []


def test_the_field_says_its_limits_in_words() -> None:
    field = UploadField(allowed=("png", "pdf"), limit_bytes=2_500_000, help_text="The plan.")
    with override("en"):
        assert str(field.help_text) == "The plan. PDF, PNG, at most 2500 kB."
    assert field.widget.attrs["accept"] == "application/pdf,image/png"


# --- Rules -----------------------------------------------------------------------------------------------------------
@given(st.text(max_size=300))
def test_a_name_is_always_fit_to_save_under(given_name: str) -> None:
    name = rules.clean_name(given_name, rules.Kind.PDF)
    assert name.endswith(".pdf")
    assert 5 <= len(name) <= 130
    assert not set(name) & set('/\\<>:"|?*%')
    assert name.isprintable() or not given_name.isprintable()
    assert not name.startswith(".")
    name.encode()


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("CON", "file CON.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("plan.pdf.exe", "plan.pdf.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("Plan v. 2.pdf", "Plan v. 2.pdf"),
        ("Møtereferat 12.06 uten endelse", "Møtereferat 12.06 uten endelse.pdf"),
    ],
)
def test_names(given_name: str, name: str) -> None:
    assert rules.clean_name(given_name, rules.Kind.PDF) == name


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (5_000, "5 kB"), (5_001, "5001 B"), (100_000_000, "100 MB"), (2_500_000, "2500 kB")],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert rules.in_words(size) == words


@pytest.mark.parametrize("head", [b"", b" %PDF-", b"%pdf-", b"\x89PNG\r\n\x1a"])
def test_what_only_resembles_a_kind_is_none(head: bytes) -> None:
    assert rules.sniff(head) is None
