"""Mail (post): messages queued in the transaction that causes them, sent once."""
