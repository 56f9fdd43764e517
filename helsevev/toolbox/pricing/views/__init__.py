"""Pages of service prices."""
