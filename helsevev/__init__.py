"""Helsevev (helseveven): from application to service in operation to proven benefit to spread."""

VERSION = "0.1.0"
