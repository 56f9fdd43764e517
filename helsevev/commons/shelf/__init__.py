"""The shelf (hylla): typed, dated, impersonal items that one wing leaves for another."""
