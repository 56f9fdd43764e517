"""Addresses of this room."""

from django.urls import URLPattern, path, re_path

from helsevev.network.portfolio.views import (
    dashboard,
    drafts,
    edit,
    exports,
    history,
    importing,
    pictures,
    previews,
    publishing,
    staff,
)
from helsevev.network.portfolio.views import open as pages

app_name = "portfolio"
urlpatterns: list[URLPattern] = [
    path("", pages.project_list, name="list"),
    re_path(r"^export\.(?P<form>csv|xlsx|json)$", exports.export, name="export"),
    re_path(r"^feed\.(?P<form>rss|json)$", exports.feed, name="feed"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    re_path(
        r"^dashboard/(?P<name>[a-z-]+)\.(?P<form>svg|png|csv)$", dashboard.dashboard_picture, name="dashboard_picture"
    ),
    path("staff/", staff.overview, name="staff"),
    path("new/", edit.create, name="create"),
    path("new/draft/", drafts.draft_new, name="draft_new"),
    path("drafts/<int:pk>/throw/", drafts.throw, name="draft_throw"),
    path("drafts/<int:pk>/bring/", drafts.bring, name="draft_bring"),
    path("import/", importing.start, name="import"),
    re_path(r"^import/(?P<what>template|portfolio)\.xlsx$", importing.download, name="import_workbook"),
    path("import/<uuid:key>/", importing.look, name="import_preview"),
    path("import/<uuid:key>/take-in/", importing.take_in, name="import_take_in"),
    re_path(r"^lookup/(?P<what>organisations|projects|themes|figures)/$", drafts.lookup, name="lookup"),
    # A project's key is a slug; every other address of this room stands above this line.
    path("<slug:key>/", pages.project, name="project"),
    path("<slug:key>/follow/", pages.follow, name="follow"),
    path("<slug:key>/edit/", edit.edit, name="edit"),
    path("<slug:key>/edit/draft/", drafts.draft, name="draft"),
    path("<slug:key>/publish/", publishing.publish, name="publish"),
    path("<slug:key>/withdraw/", publishing.withdraw, name="withdraw"),
    path("<slug:key>/history/", history.history, name="history"),
    path("<slug:key>/history/compare/", history.compare, name="compare"),
    path("<slug:key>/history/<int:number>/", history.version, name="version"),
    path("<slug:key>/history/<int:number>/undo/", history.undo, name="undo"),
    path("<slug:key>/preview.png", previews.preview, name="preview"),
    re_path(
        r"^(?P<key>[-a-zA-Z0-9_]+)/(?P<name>timeline|family)\.(?P<form>svg|png|csv)$",
        pictures.project_picture,
        name="picture",
    ),
]
