"""Visits (besøk): how the open site is used, counted without following anyone, and followers elsewhere."""
