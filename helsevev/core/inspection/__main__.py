"""The process that opens the file: `python -m helsevev.core.inspection KIND SOURCE TARGET`."""

import errno
import json
import sys
from pathlib import Path

from helsevev.core.inspection import media, office, pdf, pictures
from helsevev.core.inspection.bounds import MEMORY, confine, peak_memory
from helsevev.core.inspection.verdicts import Answer, Reason, Refuse

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def _cleaned(kind: str, source: Path, target: Path) -> Answer:
    """What each sort of file is looked into by."""
    if kind == "pdf":
        return pdf.clean(source, target)
    if kind in office.MAIN:
        return office.clean(source, target, kind)
    if kind in media.KINDS:
        return media.clean(source, target, kind)
    return pictures.clean(source, target, kind)


def look(kind: str, source: Path, target: Path) -> Answer:
    """The answer about one file."""
    try:
        return _cleaned(kind, source, target)
    except Refuse as refused:
        return Answer(reason=refused.reason)
    except (MemoryError, RecursionError):
        return Answer(reason=Reason.TOO_COMPLEX)
    except OSError as error:
        return Answer(reason=Reason.NO_ROOM if error.errno in NO_ROOM else Reason.UNREADABLE)
    except Exception:  # noqa: BLE001 a hostile file may break any library in any way
        return Answer(reason=Reason.UNREADABLE)


def judged(answer: Answer, peak: int) -> Answer:
    """A library that ran out of memory may call the file damaged; how much it had taken tells."""
    bloated = answer.reason is Reason.UNREADABLE and peak > MEMORY // 3
    return Answer(reason=Reason.TOO_COMPLEX) if bloated else answer


def main() -> None:
    """Confine ourselves, look, and say what was seen."""
    kind, source, target = sys.argv[1:]
    confine()
    answer = look(kind, Path(source), Path(target))
    json.dump(judged(answer, peak_memory()).written(), sys.stdout)


if __name__ == "__main__":
    main()
