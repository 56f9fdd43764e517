"""Projects for programs: the same selections as the list's page, with keys and codes that stay."""

from helsevev.network.portfolio.api.operations import router

__all__ = ["router"]
