"""Addresses of this room."""

from django.urls import URLPattern, path, re_path

from helsevev.network.portfolio.views import exports
from helsevev.network.portfolio.views import open as pages

app_name = "portfolio"
urlpatterns: list[URLPattern] = [
    path("", pages.project_list, name="list"),
    re_path(r"^export\.(?P<form>csv|xlsx|json)$", exports.export, name="export"),
    re_path(r"^feed\.(?P<form>rss|json)$", exports.feed, name="feed"),
    # A project's key is a slug; every other address of this room stands above this line.
    path("<slug:key>/", pages.project, name="project"),
    path("<slug:key>/follow/", pages.follow, name="follow"),
]
