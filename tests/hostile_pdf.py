"""PDF files for tests: a plain one, and those that somebody might make to do harm."""

import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

SECRET = "marmalade-canary"


def written(pdf: Pdf, **options: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def paper(text: str = "A plan", pages: int = 1) -> Pdf:
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page()
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.pages[-1].Resources = Dictionary(Font=Dictionary(AA=font))
        pdf.pages[-1].Contents = Stream(pdf, f"BT /AA 12 Tf 72 700 Td ({text} {number}) Tj ET".encode())
    return pdf


def plain(text: str = "A plan", pages: int = 1) -> bytes:
    return written(paper(text, pages), deterministic_id=True)


def script() -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def annotated(**more: object) -> bytes:
    """A page with one thing on it."""
    pdf = paper()
    box = Array([0, 0, 10, 10])
    thing = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=box, **{"Subtype": Name.Link, **more}))
    pdf.pages[0].Annots = Array([thing])
    return written(pdf)


def rooted(**more: object) -> bytes:
    """A file whose root says more."""
    pdf = paper()
    for name, value in more.items():
        pdf.Root[f"/{name}"] = value
    return written(pdf)


def with_names_script() -> bytes:
    return rooted(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()]))))


def with_attachment() -> bytes:
    pdf = paper()
    pdf.attachments["plan.exe"] = SECRET.encode()
    return written(pdf)


def with_form_script() -> bytes:
    pdf = paper()
    field = pdf.make_indirect(
        Dictionary(
            FT=Name.Tx, T=String("sum"), Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]), AA=Dictionary(K=script())
        )
    )
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=Stream(pdf, f"<xdp>{SECRET}</xdp>".encode()))
    return written(pdf)


def with_hidden_chain() -> bytes:
    """An action that seems harmless, with one after it that isn't, behind a name that fonts have."""
    last = script()
    first = Dictionary(Type=Name.Action, S=Name.GoTo, D=Array([]), Next=Array([last]))
    return annotated(A=first, AA=Dictionary(Type=Name.Font, BaseFont=Name.Helvetica, E=script()))


def with_maker() -> bytes:
    pdf = paper()
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = "Plan", SECRET
    pdf.Root.Metadata = Stream(pdf, f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    return written(pdf)


ACTIVE = {
    "opens with a script": lambda: rooted(OpenAction=script()),
    "names a script": with_names_script,
    "acts on closing": lambda: rooted(AA=Dictionary(WC=script())),
    "carries a file": with_attachment,
    "starts a program": lambda: annotated(A=action("Launch", F=String(SECRET), Win=Dictionary(F=String(SECRET)))),
    "sends what is filled in": lambda: annotated(A=action("SubmitForm", F=String(f"https://example.invalid/{SECRET}"))),
    "fetches what to fill in": lambda: annotated(A=action("ImportData", F=String(SECRET))),
    "opens another file": lambda: annotated(A=action("GoToR", F=String(SECRET), D=Array([]))),
    "opens a file inside": lambda: annotated(A=action("GoToE", T=Dictionary(N=String(SECRET)))),
    "opens an address": lambda: annotated(A=action("URI", URI=String(f"https://example.invalid/{SECRET}"))),
    "holds a file on the page": lambda: annotated(Subtype=Name.FileAttachment, Contents=String(SECRET)),
    "plays": lambda: annotated(Subtype=Name.RichMedia, RichMediaContent=Dictionary(X=String(SECRET))),
    "acts in a chain": with_hidden_chain,
    "counts in its form": with_form_script,
    "tells of its maker": with_maker,
    "tells of a link's base": lambda: rooted(URI=Dictionary(Base=String(SECRET))),
}


def deflated(megabytes: int, begins: bytes = b"") -> bytes:
    packer = zlib.compressobj(9)
    zeros = bytes(1 << 20)
    return packer.compress(begins) + b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()


def streamed(data: bytes, filters: object, **more: object) -> bytes:
    pdf = paper()
    stream = Stream(pdf, b"")
    stream.write(data, filter=filters)
    for name, value in more.items():
        stream[f"/{name}"] = value
    pdf.pages[0].Contents = stream
    return written(pdf, compress_streams=False)


def bomb() -> bytes:
    return streamed(deflated(80), Name.FlateDecode)


def packed_bomb() -> bytes:
    return streamed(zlib.compress(deflated(400)), Array([Name.FlateDecode, Name.FlateDecode]))


def picture_bomb() -> bytes:
    return streamed(b"", Name.DCTDecode, Subtype=Name.Image, Width=60_000, Height=60_000)


def object_bomb(megabytes: int = 600) -> bytes:
    """Objects that are packed together, and unpack to more than there is room for."""
    data = deflated(megabytes, b"2 0 <</Type/Catalog/Pages 3 0 R>>")
    body = b"%PDF-1.7\n"
    packed = len(body)
    body += b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(data)
    body += data + b"\nendstream\nendobj\n"
    pages = len(body)
    body += b"3 0 obj\n<</Type/Pages/Count 1/Kids[4 0 R]>>\nendobj\n"
    page = len(body)
    body += b"4 0 obj\n<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    entries = bytes(5) + b"".join(bytes([1]) + place.to_bytes(3, "big") + bytes(1) for place in (packed,))
    entries += bytes([2, 0, 0, 1, 0]) + b"".join(bytes([1]) + n.to_bytes(3, "big") + bytes(1) for n in (pages, page))
    table = b"5 0 obj\n<</Type/XRef/Size 5/W[1 3 1]/Root 2 0 R/Length %d>>stream\n" % len(entries)
    return body + table + entries + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def locked(user: str) -> bytes:
    return written(paper(), encryption=pikepdf.Encryption(owner="owner", user=user))


def live_form() -> bytes:
    return rooted(AcroForm=Dictionary(Fields=Array([]), XFA=Array([])), NeedsRendering=True)


REFUSED = {
    "locked": (lambda: locked("secret"), "ENCRYPTED"),
    "locked for changes": (lambda: locked(""), "ENCRYPTED"),
    "cut off": (lambda: plain()[:-400], "UNREADABLE"),
    "rubbish": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "UNREADABLE"),
    "no pages": (lambda: written(pikepdf.new()), "UNREADABLE"),
    "too many pages": (lambda: plain(pages=1_001), "TOO_MANY_PAGES"),
    "unpacks to much": (bomb, "TOO_COMPLEX"),
    "packed twice": (packed_bomb, "TOO_COMPLEX"),
    "a wall of a picture": (picture_bomb, "TOO_COMPLEX"),
    "packed objects": (object_bomb, "TOO_COMPLEX"),
    "a live form": (live_form, "LIVE_FORM"),
    "an archive": (lambda: b"PK\x03\x04" + plain(), "WRONG_KIND"),
    "a page": (lambda: b"<html>" + plain(), "WRONG_KIND"),
}
# These would take the process that opens them along.
HEAVY = ("packed objects", "packed twice")
