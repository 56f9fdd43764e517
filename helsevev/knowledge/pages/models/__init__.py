"""Tables of this room: the pages as they are written, pictures, and what readers see of them."""

from helsevev.knowledge.pages.models.files import Attachment, PageFile
from helsevev.knowledge.pages.models.kinds import (
    MODELS,
    AboutPage,
    ExamplePage,
    ExperiencePage,
    GuidePage,
    NewsPage,
    PodcastPage,
    QuestionPage,
    ReportPage,
    ToolPage,
    WebinarPage,
)
from helsevev.knowledge.pages.models.pictures import Picture, PictureRendition
from helsevev.knowledge.pages.models.reading import FormerAddress, LoadedFile, Shown, Version, Visit
from helsevev.knowledge.pages.models.tree import Bank, KnowledgePage

__all__ = [
    "MODELS",
    "AboutPage",
    "Attachment",
    "Bank",
    "ExamplePage",
    "ExperiencePage",
    "FormerAddress",
    "GuidePage",
    "KnowledgePage",
    "LoadedFile",
    "NewsPage",
    "PageFile",
    "Picture",
    "PictureRendition",
    "PodcastPage",
    "QuestionPage",
    "ReportPage",
    "Shown",
    "ToolPage",
    "Version",
    "Visit",
    "WebinarPage",
]
