"""What allauth asks of us about accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail."""


class SocialAdapter(DefaultSocialAccountAdapter):
    """Accounts by OIDC."""
