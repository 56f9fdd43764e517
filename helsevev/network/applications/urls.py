"""Addresses of this room: calls for everyone, rounds for those who keep them."""

from django.urls import URLPattern, path, re_path

from helsevev.network.applications.views import calls, following, rounds, rounds_acting, workflow

app_name = "applications"
ROUND = "rounds/<slug:code>/"
urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    re_path(r"^calls/feed\.(?P<form>rss|json)$", calls.feed, name="calls_feed"),
    path("calls/follow/", following.follow, name="follow"),
    path("calls/follow/sent/", following.sent, name="follow_sent"),
    path("calls/follow/<str:token>/", following.confirm, name="follow_confirm"),
    path("calls/unfollow/<uuid:key>/", following.unfollow, name="unfollow"),
    path("calls/<slug:code>/", calls.call, name="call"),
    path("calls/<slug:code>/calendar.ics", calls.calendar, name="call_calendar"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/next/", rounds.make_next, name="round_next"),
    path("rounds/workflow/", workflow.workflow, name="workflow"),
    path(ROUND, rounds.one_round, name="round"),
    path(f"{ROUND}publish/", rounds_acting.publish, name="round_publish"),
    path(f"{ROUND}close/", rounds_acting.close, name="round_close"),
    path(f"{ROUND}extend/", rounds_acting.extend, name="round_extend"),
    path(f"{ROUND}cancel/", rounds_acting.cancel, name="round_cancel"),
    path(f"{ROUND}<slug:name>/", rounds.part, name="round_part"),
]
