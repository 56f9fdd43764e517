"""Addresses of this room."""

from django.urls import URLPattern, path, re_path

from helsevev.network.visits.views import showing, social

app_name = "visits"
urlpatterns: list[URLPattern] = [
    path("", showing.visits, name="visits"),
    re_path(r"^visits\.(?P<form>csv|xlsx|json)$", showing.file, name="file"),
    re_path(r"^pictures/(?P<name>[a-z]+)\.(?P<form>svg|png|csv)$", showing.picture, name="picture"),
    path("social/", social.social, name="social"),
    re_path(r"^social\.(?P<form>csv|xlsx)$", social.file, name="social_file"),
    re_path(r"^social/(?P<key>[-a-z0-9]+)\.(?P<form>svg|png|csv)$", social.picture, name="social_picture"),
    path("social/channels/", social.channels, name="channels"),
    path("social/<int:year>-<int:month>/", social.month, name="month"),
]
