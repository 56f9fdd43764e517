"""What a password must be, said in our words: long, not like its owner, and not one that everybody uses."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Length is what makes a password hard to guess."""

    def get_error_message(self) -> str:
        """How long."""
        return _("The password is too short. Use at least %(number)s characters.") % {"number": self.min_length}


class UnlikeItsOwner(UserAttributeSimilarityValidator):
    """Name and address are what others try first."""

    def __init__(self) -> None:
        """These are what an account here knows of its owner."""
        super().__init__(user_attributes=("email", "name"))

    def get_error_message(self) -> str:
        """What it is like isn't said: the owner sees."""
        return _("The password is too like your name or address.")


class Uncommon(CommonPasswordValidator):
    """The passwords that most people choose are tried next."""

    def get_error_message(self) -> str:
        """That it is one of them."""
        return _("Many people use this password, so it is easily guessed.")
