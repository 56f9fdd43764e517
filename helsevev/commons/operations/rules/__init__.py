"""What operations decide, pure: what is kept how long, what a backup must be, whether all is well."""

from helsevev.commons.operations.rules.keeping import KEEPS

__all__ = ["KEEPS"]
