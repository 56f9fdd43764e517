"""Tells Django of this room."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Comments (kommentarer)."""

    name = "helsevev.knowledge.comments"
    label = "comments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stand under pages and projects, and go when the page goes."""
        from helsevev.commons.ui.panels import register  # noqa: PLC0415 - models are there only now
        from helsevev.knowledge.comments.actions import listening  # noqa: PLC0415
        from helsevev.knowledge.comments.panels import under  # noqa: PLC0415

        register(under)
        listening.connect()
