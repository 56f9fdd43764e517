"""Reads a PDF as its reader does: the words on its pages, and what stands in its structure."""

import re
from io import BytesIO

import pikepdf

SHOWS = {"Tj", "TJ", "'", '"'}
HEX = re.compile(rb"<([0-9a-fA-F]+)>")


def opened(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(paper))


def text(paper: bytes) -> str:
    """All words, in the order in which they are drawn."""
    with opened(paper) as pdf:
        return "".join(letter for page in pdf.pages for letter in _page(page))


def _page(page: pikepdf.Page) -> list[str]:
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    found, now = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            now = fonts[str(operands[0])]
        elif str(operator) in SHOWS:
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
            found += [_decoded(bytes(part), now) for part in parts if isinstance(part, pikepdf.String)]
        elif str(operator) in {"Td", "TD", "T*", "ET"}:
            found.append(" ")
    return found


def _decoded(codes: bytes, letters: dict[int, str]) -> str:
    return "".join(letters.get(int.from_bytes(codes[at : at + 2], "big"), "?") for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """Which letters the codes of a font stand for."""
    table: dict[int, str] = {}
    for kind, body in re.findall(rb"begin(bfchar|bfrange)(.*?)endbf", font.ToUnicode.read_bytes(), re.DOTALL):
        words = [bytes.fromhex(word.decode()) for word in HEX.findall(body)]
        step = 2 if kind == b"bfchar" else 3
        for start in range(0, len(words), step):
            first, last = int.from_bytes(words[start], "big"), int.from_bytes(words[start + step - 2], "big")
            letter = words[start + step - 1].decode("utf-16-be")
            for code in range(first, last + 1):
                table[code] = letter[:-1] + chr(ord(letter[-1]) + code - first)
    return table


def tags(paper: bytes) -> list[str]:
    """The structure, as a screen reader walks it: P, H1, Table, TH and so on."""
    with opened(paper) as pdf:
        found: list[str] = []
        waiting = [pdf.Root.StructTreeRoot]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting += reversed(list(one))
            elif isinstance(one, pikepdf.Dictionary):
                if "/S" in one:
                    found.append(str(one.S)[1:])
                if "/K" in one:
                    waiting.append(one.K)
        return found
