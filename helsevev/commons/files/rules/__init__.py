"""What a file may be, how large, and why one is refused. Pure."""

from helsevev.commons.files.rules.kinds import MEDIA_TYPES, Kind, sniff
from helsevev.commons.files.rules.limits import ERASED_AFTER, LARGEST_FILE, LARGEST_SMALL, QUOTA, in_words, over_quota
from helsevev.commons.files.rules.names import clean_name
from helsevev.commons.files.rules.reasons import REMOVED_NAMES, Removed, Why

__all__ = [
    "ERASED_AFTER",
    "LARGEST_FILE",
    "LARGEST_SMALL",
    "MEDIA_TYPES",
    "QUOTA",
    "REMOVED_NAMES",
    "Kind",
    "Removed",
    "Why",
    "clean_name",
    "in_words",
    "over_quota",
    "sniff",
]
