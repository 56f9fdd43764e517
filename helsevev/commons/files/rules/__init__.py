"""What a file may be, how large, and why one is refused. Pure."""

from helsevev.commons.files.rules.kinds import MEDIA_TYPES, Kind, sniff
from helsevev.commons.files.rules.limits import (
    ERASED_AFTER,
    LARGEST_FILE,
    LARGEST_FROM_STRANGERS,
    LARGEST_MEDIA,
    LARGEST_SMALL,
    MOST_PAGES,
    NO_QUOTA,
    QUOTA,
    SWEPT_AFTER,
    in_words,
    kinds_in_words,
    over_quota,
    stretch,
    wrong_kind,
)
from helsevev.commons.files.rules.names import clean_name
from helsevev.commons.files.rules.reasons import REMOVED_NAMES, Why, why

__all__ = [
    "ERASED_AFTER",
    "LARGEST_FILE",
    "LARGEST_FROM_STRANGERS",
    "LARGEST_MEDIA",
    "LARGEST_SMALL",
    "MEDIA_TYPES",
    "MOST_PAGES",
    "NO_QUOTA",
    "QUOTA",
    "REMOVED_NAMES",
    "SWEPT_AFTER",
    "Kind",
    "Why",
    "clean_name",
    "in_words",
    "kinds_in_words",
    "over_quota",
    "sniff",
    "stretch",
    "why",
    "wrong_kind",
]
