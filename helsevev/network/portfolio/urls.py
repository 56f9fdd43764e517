"""Addresses of this room."""

from django.urls import URLPattern, path, re_path

from helsevev.network.portfolio.views import dashboard, exports, pictures, previews
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
    # A project's key is a slug; every other address of this room stands above this line.
    path("<slug:key>/", pages.project, name="project"),
    path("<slug:key>/follow/", pages.follow, name="follow"),
    path("<slug:key>/preview.png", previews.preview, name="preview"),
    re_path(
        r"^(?P<key>[-a-zA-Z0-9_]+)/(?P<name>timeline|family)\.(?P<form>svg|png|csv)$",
        pictures.project_picture,
        name="picture",
    ),
]
