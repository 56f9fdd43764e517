"""What a cut left behind: half uploads, and bytes whose row was never committed or is erased."""

from contextlib import suppress

from helsevev.commons.files import queries


def sweep() -> int:
    """Take away what nobody can reach and nobody is writing any more; how many files that were."""
    gone = [*queries.stale_uploads(), *(stray.path for stray in queries.strays() if stray.is_old)]
    for path in gone:
        with suppress(FileNotFoundError):
            path.unlink()
    return len(gone)
