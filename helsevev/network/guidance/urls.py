"""Addresses of this room. Those of one initiative's working room begin with its key, here and in the rooms above."""

from django.urls import URLPattern, path

from helsevev.network.guidance.views import hours, lists

app_name = "guidance"
urlpatterns: list[URLPattern] = [
    path("", lists.mine, name="mine"),
    path("<slug:key>/", hours.hours, name="hours"),
]
