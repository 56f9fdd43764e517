"""How long the tables are kept that Wagtail brings; our own say it themselves."""

from collections.abc import Mapping
from types import MappingProxyType

from helsevev.core.keeping import Keeping

PAGE = "the page is deleted"
INSTALLATION = "the installation is closed"
KEEPS: Mapping[str, Keeping] = MappingProxyType(
    {
        "wagtailcore_page": Keeping(until=PAGE, personal=("owner", "locked_by")),
        "wagtailcore_revision": Keeping(until=PAGE, personal=("user",)),
        "wagtailcore_comment": Keeping(until=PAGE, personal=("user", "resolved_by", "text")),
        "wagtailcore_commentreply": Keeping(until=PAGE, personal=("user", "text")),
        "wagtailcore_pagesubscription": Keeping(until=PAGE, personal=("user",)),
        "wagtailcore_pagelogentry": Keeping(until=PAGE, personal=("user",)),
        "wagtailcore_modellogentry": Keeping(
            until="two years after it was written", personal=("user",), days=730, counted_from="timestamp"
        ),
        "wagtailcore_workflowstate": Keeping(until=PAGE, personal=("requested_by",)),
        "wagtailcore_taskstate": Keeping(until=PAGE, personal=("finished_by", "comment")),
        "wagtailcore_uploadedfile": Keeping(until="it is taken in", personal=("uploaded_by_user",)),
        "wagtailadmin_editingsession": Keeping(
            until="a day after it was last heard of", personal=("user",), days=1, counted_from="last_seen_at"
        ),
        "wagtailadmin_formstate": Keeping(until="the account goes", personal=("user",)),
        "wagtailusers_userprofile": Keeping(until="the account goes", personal=("user",)),
        "wagtail*": Keeping(until=INSTALLATION),
        "simple_translation_*": Keeping(until=INSTALLATION),
        "taggit_*": Keeping(until=INSTALLATION),
        "auth_group_permissions": Keeping(until=INSTALLATION),
    }
)
