"""Every question asked about service prices."""
