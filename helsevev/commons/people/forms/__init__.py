"""Forms of accounts and roles, and what allauth asks of us about them."""

from helsevev.commons.people.forms.adapters import AccountAdapter, SecondFactorAdapter, SecondFactorStage, SocialAdapter

__all__ = ["AccountAdapter", "SecondFactorAdapter", "SecondFactorStage", "SocialAdapter"]
