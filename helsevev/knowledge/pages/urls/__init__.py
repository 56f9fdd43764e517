"""Addresses of this room: what readers see, and the editors' desk."""

from django.urls import URLPattern, path, re_path

from helsevev.knowledge.pages.views import feeds, pictures, reading

app_name = "pages"
# A page's slug; every other address of this room stands above it, and its first part can't be a page's slug.
urlpatterns: list[URLPattern] = [
    path("", reading.front, name="front"),
    path("list/", reading.page_list, name="list"),
    re_path(r"^feed\.(?P<form>rss|json)$", feeds.feed, name="feed"),
    path("pictures/<uuid:key>/<int:width>/", pictures.picture, name="picture"),
    path("<slug:slug>/", reading.page, name="page"),
    path("<slug:slug>/page.pdf", reading.pdf, name="pdf"),
    path("<slug:slug>/files/<uuid:key>/", reading.file, name="file"),
]
