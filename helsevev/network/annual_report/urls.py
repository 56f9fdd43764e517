"""Addresses of this room."""

from django.urls import URLPattern, path, re_path

from helsevev.network.annual_report.views import keeping, period, showing

app_name = "annual_report"
urlpatterns: list[URLPattern] = [
    path("", showing.index, name="list"),
    path("statistics/", period.statistics, name="statistics"),
    re_path(r"^statistics\.(?P<form>csv|xlsx|json)$", period.file, name="statistics_file"),
    re_path(r"^statistics/awarded\.(?P<form>svg|png|csv)$", period.picture, name="statistics_picture"),
    path("<int:year>/", showing.report, name="report"),
    re_path(r"^(?P<year>\d{4})/report\.(?P<form>pdf|xlsx|json)$", showing.file, name="file"),
    re_path(r"^(?P<year>\d{4})/(?P<name>[a-z0-9-]+)\.(?P<form>svg|png|csv)$", showing.picture, name="picture"),
    path("<int:year>/figures/<str:key>/", showing.figure_page, name="figure"),
    path("<int:year>/foreword/", keeping.foreword, name="foreword"),
    path("<int:year>/publish/", keeping.publish, name="publish"),
]
