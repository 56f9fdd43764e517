"""Addresses of this room: what readers see, and the editors' desk."""

from django.urls import URLPattern, path, re_path

from helsevev.knowledge.pages.views import reading

app_name = "pages"
urlpatterns: list[URLPattern] = [
    path("", reading.front, name="front"),
    path("<slug:slug>/", reading.page, name="page"),
]
