"""Newsletter (nyhetsbrev): put together from what was published, sent to those who asked, counted without names."""
