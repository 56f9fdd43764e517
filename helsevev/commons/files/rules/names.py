"""The name a sender gave a file, made fit to be shown and saved under."""

import re
import unicodedata

from helsevev.commons.files.rules.kinds import ENDINGS, Kind

LONGEST = 120
NAMELESS = "file"
# Separators of paths, and what Windows takes for something else.
UNFIT = re.compile(r'[<>:"|?*%$`]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def clean_name(given: str, kind: Kind) -> str:
    """The last part of the name, readable, not too long, with the ending of what the file really is."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    stem = UNFIT.sub("", name)
    stem, dot, ending = stem.rpartition(".")
    stem = stem if dot and len(ending) <= 5 else f"{stem}{dot}{ending}"
    stem = " ".join(stem.split()).strip(". ")
    if not stem or RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"{NAMELESS} {stem}".strip()
    return f"{stem[:LONGEST].strip('. ')}{ENDINGS[kind]}"
