"""Everything in a PDF that acts by itself, reaches out or carries something else, and how it is taken out."""

from collections.abc import Iterator, Mapping

import pikepdf

from helsevev.core.inspection.verdicts import Reason, Refuse, Removed

# Keys that mean the same wherever they stand; whole subtrees go with them.
NEVER: Mapping[str, Removed] = {
    "/AA": Removed.ACTIONS,
    "/OpenAction": Removed.ACTIONS,
    "/JS": Removed.SCRIPTS,
    "/JavaScript": Removed.SCRIPTS,
    "/EmbeddedFiles": Removed.ATTACHMENTS,
    "/EF": Removed.ATTACHMENTS,
    "/RF": Removed.ATTACHMENTS,
    "/AF": Removed.ATTACHMENTS,
    "/Collection": Removed.ATTACHMENTS,
    "/RichMediaContent": Removed.MEDIA,
    "/RichMediaSettings": Removed.MEDIA,
    "/3DD": Removed.MEDIA,
    "/XFA": Removed.FORM_PROGRAM,
    "/URI": Removed.LINKS,
    "/Ref": Removed.LINKS,
    "/OPI": Removed.LINKS,
    "/Win": Removed.ACTIONS,
    "/Mac": Removed.ACTIONS,
    "/Unix": Removed.ACTIONS,
    "/Metadata": Removed.METADATA,
    "/PieceInfo": Removed.METADATA,
    "/DSS": Removed.SIGNATURE,
    "/Perms": Removed.SIGNATURE,
}
# Where an action may hang, and the few that only move about in the file itself.
HOOKS = ("/A", "/PA", "/Next")
HARMLESS = {"/GoTo", "/Named", "/Thread"}
KINDS_OF_ACTION: Mapping[str, Removed] = {
    "/JavaScript": Removed.SCRIPTS,
    "/URI": Removed.LINKS,
    "/GoToR": Removed.LINKS,
    "/Rendition": Removed.MEDIA,
    "/Sound": Removed.MEDIA,
    "/Movie": Removed.MEDIA,
    "/RichMediaExecute": Removed.MEDIA,
}
# Things on a page that play, or hold a file.
ANNOTATIONS: Mapping[str, Removed] = {
    "/FileAttachment": Removed.ATTACHMENTS,
    "/RichMedia": Removed.MEDIA,
    "/Movie": Removed.MEDIA,
    "/Sound": Removed.MEDIA,
    "/Screen": Removed.MEDIA,
    "/3D": Removed.MEDIA,
}
# Programs that make PDF name their fonts A, B, ..., AA, AB: two letters may be nothing but such a name.
SHORT = len("/AA")
FILES_OF_A_FONT = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
# A stream whose content lies in another file.
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")


class Cleaner:
    """Goes through a file's objects and takes out what acts; remembers what it took."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Look at the file as a whole first: some can't be cleaned."""
        self.pdf = pdf
        self.removed: set[Removed] = set()
        form = pdf.Root.get("/AcroForm")
        drawn_by_program: object = pdf.Root.get("/NeedsRendering")
        if isinstance(form, pikepdf.Dictionary) and "/XFA" in form and drawn_by_program is True:
            raise Refuse(Reason.LIVE_FORM)

    def visit(self, thing: pikepdf.Object) -> None:
        """Clean one object and what stands directly in it; what it refers to is visited in its own turn."""
        waiting = [thing]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Stream):
                self._stream(one)
            if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                self._dictionary(one)
            waiting += _inside(one)

    def finish(self) -> None:
        """What the file as a whole says of its maker; its title stays, for those who listen to it."""
        info = self.pdf.trailer.get("/Info")
        if isinstance(info, pikepdf.Dictionary):
            for key in set(info.keys()) - {"/Title"}:
                del info[key]
                self.removed.add(Removed.METADATA)

    def _stream(self, stream: pikepdf.Stream) -> None:
        for key in ELSEWHERE:
            if key in stream:
                del stream[key]
                self.removed.add(Removed.LINKS)
        if str(stream.get("/Subtype", "")) == "/PS":
            stream.write(b"")
            self.removed.add(Removed.SCRIPTS)

    def _dictionary(self, found: pikepdf.Dictionary | pikepdf.Stream) -> None:
        for key in NEVER.keys() & set(found.keys()):
            if not (len(key) == SHORT and _is_font(found[key])):
                del found[key]
                self.removed.add(NEVER[key])
        for key in HOOKS:
            if key in found and (why := _action(found[key])):
                del found[key]
                self.removed.add(why)
        if isinstance(annotations := found.get("/Annots"), pikepdf.Array):
            self._annotations(annotations)
        if str(found.get("/FT", "")) == "/Sig" and "/V" in found:
            del found["/V"]
            self.removed.add(Removed.SIGNATURE)

    def _annotations(self, annotations: pikepdf.Array) -> None:
        for place in reversed(range(len(annotations))):
            one = annotations[place]
            kind = str(one.get("/Subtype", "")) if isinstance(one, pikepdf.Dictionary) else ""
            if kind in ANNOTATIONS:
                del annotations[place]
                self.removed.add(ANNOTATIONS[kind])


def _is_font(found: object) -> bool:
    """Whether it is a font and nothing that only says so: it has neither actions nor files in it."""
    if not isinstance(found, pikepdf.Dictionary) or str(found.get("/Type", "")) != "/Font":
        return False
    parts = [found[key] for key in found.keys()]  # noqa: SIM118 a pikepdf object isn't a mapping
    acts = any(isinstance(part, pikepdf.Dictionary) and "/S" in part for part in parts)
    return not acts and not FILES_OF_A_FONT & set(found.keys())


def _action(found: object) -> Removed | None:
    """What an action is, where it does more than move about in the file; None for what may stay."""
    several = list(found) if isinstance(found, pikepdf.Array) else [found]
    for one in several:
        kind = str(one.get("/S", "")) if isinstance(one, pikepdf.Dictionary) else ""
        if kind and kind not in HARMLESS:
            return KINDS_OF_ACTION.get(kind, Removed.ACTIONS)
    return None


def _inside(found: object) -> Iterator[pikepdf.Object]:
    """What stands in an object itself, rather than being referred to."""
    parts: list[object] = []
    if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        parts = [found[key] for key in found.keys()]  # noqa: SIM118 a pikepdf object isn't a mapping
    elif isinstance(found, pikepdf.Array):
        parts = list(found)
    for part in parts:
        if isinstance(part, (pikepdf.Dictionary, pikepdf.Array)) and not part.is_indirect:
            yield part
