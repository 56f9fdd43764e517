"""Addresses of this room."""

from django.urls import URLPattern, path, re_path

from helsevev.network.surveys.views import answering, coding, desk, following, inviting, results

app_name = "surveys"
K = "<slug:key>/"
urlpatterns: list[URLPattern] = [
    path("", desk.index, name="list"),
    path("new/", desk.new, name="new"),
    path("after/<slug:meeting>/", following.ask, name="follow"),
    path("a/<str:token>/", answering.invited, name="invited"),
    path("o/<str:token>/", answering.by_link, name="by_link"),
    path(K, results.results, name="results"),
    path(K + "desk/", desk.one, name="desk"),
    path(K + "desk/step/", desk.step, name="step"),
    path(K + "desk/invite/", inviting.invite, name="invite"),
    path(K + "desk/words/", coding.words, name="words"),
    path(K + "years/", results.years, name="years"),
    re_path(r"^(?P<key>[-\w]+)/results\.(?P<form>csv|xlsx|pdf)$", results.file, name="file"),
    re_path(r"^(?P<key>[-\w]+)/(?P<name>part-\d+)\.(?P<form>svg|png|csv)$", results.picture, name="picture"),
]
