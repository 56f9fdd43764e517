"""Every question asked of the portfolio, shaped for its reader."""

from helsevev.network.portfolio.queries.showing import index_documents
from helsevev.network.portfolio.queries.standing import (
    changed_since,
    document,
    documents,
    fields,
    known,
    revisions,
    standings,
)

__all__ = ["changed_since", "document", "documents", "fields", "index_documents", "known", "revisions", "standings"]
