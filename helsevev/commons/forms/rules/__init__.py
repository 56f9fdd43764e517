"""Who may build forms, and what a builder is told. Pure."""

from helsevev.commons.forms.rules.building import PERMISSIONS

__all__ = ["PERMISSIONS"]
