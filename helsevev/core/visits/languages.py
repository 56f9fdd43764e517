"""What language a reader's browser asks for, and of which country: never where the reader is."""

import re

ONE = re.compile(r"^\s*([a-zA-Z]{2,3})(?:-[a-zA-Z]{4})?(?:-([a-zA-Z]{2}))?(?:-[a-zA-Z0-9]+)*\s*(?:;|,|$)")
# What browsers call written Norwegian without saying which.
SAME = {"no": "nb"}


def preferred(header: str) -> tuple[str, str]:
    """Language and country of the first wish in Accept-Language, such as ("nb", "NO"); empty where not said."""
    found = ONE.match(header[:80])
    if not found:
        return "", ""
    language = found[1].lower()
    return SAME.get(language, language), (found[2] or "").upper()
