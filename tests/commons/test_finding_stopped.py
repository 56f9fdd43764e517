"""An index that is stopped while it is made anew: whoever searches meanwhile and afterwards finds what stood before."""

from pathlib import Path

from commons.installations import Installation, new_database

# A second process spoils every word within its rebuilding, says so, and is killed before it is done.
STOPPED = """
import os, signal, time
from django.db import connection
from helsevev.commons.finding import queries
from helsevev.commons.finding.actions import rebuilding
from helsevev.commons.finding.models import DocumentText

def found():
    return [hit.key for hit in queries.search("page", "intervjuguide", "nb")]

first = found()
connection.close()
getattr(connection, "close_pool", lambda: None)()  # PostgreSQL's; a child must not share it
told, tell = os.pipe()
if not (child := os.fork()):
    def stop():
        assert DocumentText.objects.filter(folded_title="spoilt").exists()
        os.write(tell, b".")
        time.sleep(60)
    rebuilding.fold = lambda _text: "spoilt"
    rebuilding._recount = stop
    rebuilding.rebuild()
os.read(told, 1)
meanwhile = found()
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
print(bool(first), meanwhile == first, found() == first, list(queries.faults()), rebuilding.rebuild())
"""


def test_a_machine_that_stops_while_it_indexes_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    with new_database() as database:
        here = Installation(tmp_path / "here", database)
        here.prepare()
        said = here.python(STOPPED)
    assert said.strip() == "True True True [] Rebuilt(texts=0, totals=0, blocks=0)"
