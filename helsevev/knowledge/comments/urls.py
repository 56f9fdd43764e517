"""Addresses of this room."""

from django.urls import URLPattern, path

from helsevev.knowledge.comments.views import moderating, own, writing

app_name = "comments"
urlpatterns: list[URLPattern] = [
    path("queue/", moderating.queue, name="queue"),
    path("queue/<uuid:key>/", moderating.decide, name="decide"),
    path("own/<str:token>/", own.own, name="own"),
    path("own/<str:token>/delete/", own.delete, name="delete"),
    path("report/<uuid:key>/", writing.report, name="report"),
    path("file/<uuid:key>/", own.file, name="file"),
    path("<slug:on>/<str:key>/", writing.subject, name="subject"),
]
