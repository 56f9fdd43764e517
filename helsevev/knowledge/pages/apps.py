"""Tells Django of this room."""

from typing import ClassVar

from django.apps import AppConfig, apps

from helsevev.core import news


class PagesConfig(AppConfig):
    """Pages (sider)."""

    name = "helsevev.knowledge.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
    year_figures: ClassVar = "helsevev.knowledge.pages.queries.yearly.figures"
    hands_in: ClassVar = "helsevev.knowledge.pages.actions.showing.show_all"
    duties: ClassVar = {
        "helsevev.knowledge.pages.actions.scheduling.publish_due": 30,
        "helsevev.knowledge.pages.actions.visiting.visit_due": 120,
    }
    counted_pages: ClassVar = ("pages:front", "pages:list", "pages:page")

    portfolio_parts: ClassVar = {
        "resources_2022": "helsevev.knowledge.pages.actions.from_portfolio.RESOURCES",
        "implementation_guide": "helsevev.knowledge.pages.actions.from_portfolio.GUIDE",
        "project_experiences": "helsevev.knowledge.pages.actions.from_portfolio.EXPERIENCES",
        "guides_and_models": "helsevev.knowledge.pages.actions.from_portfolio.GUIDES",
        "podcast": "helsevev.knowledge.pages.actions.from_portfolio.PODCAST",
    }

    def ready(self) -> None:
        """Listen for what the editors' desk publishes."""
        from helsevev.knowledge.pages.actions import listening  # noqa: PLC0415 - models are known only now
        from helsevev.knowledge.pages.models import KnowledgePage  # noqa: PLC0415
        from helsevev.knowledge.pages.queries import listing  # noqa: PLC0415
        from helsevev.knowledge.pages.views.reading import preview  # noqa: PLC0415

        news.register(listing.news)
        listening.connect()
        listening.silence_letters()
        # Accounts belong to the people's room, so the desk has no pages for them.
        no_users = "helsevev.knowledge.pages.views.desk.NoUsers"
        setattr(apps.get_app_config("wagtailusers"), "user_viewset", no_users)  # noqa: B010 - a package without types
        KnowledgePage.previewed_by = preview
