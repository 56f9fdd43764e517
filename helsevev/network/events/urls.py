"""Addresses of this room: the calendar for everyone, one's own page by its link, and the desk."""

from django.urls import URLPattern, path, re_path

from helsevev.network.events.views import afterwards, answering, calendar, desk, media, participants, registering

app_name = "events"
DESK = "desk/<slug:key>/"
urlpatterns: list[URLPattern] = [
    path("", calendar.calendar, name="calendar"),
    re_path(r"^feed\.(?P<form>ics|rss|json)$", calendar.feed, name="feed"),
    path("desk/", desk.desk, name="desk"),
    path("desk/new/", desk.make, name="make"),
    path(DESK, desk.one, name="desk_meeting"),
    path(f"{DESK}change/", desk.change, name="change"),
    path(f"{DESK}publish/", desk.publish, name="publish"),
    path(f"{DESK}cancel/", desk.cancel, name="cancel"),
    path(f"{DESK}participants/", participants.participants, name="participants"),
    re_path(r"^desk/(?P<key>[-\w]+)/participants\.(?P<form>csv|xlsx)$", participants.export, name="export"),
    path(f"{DESK}log/", participants.take_log, name="take_log"),
    path(f"{DESK}afterwards/", afterwards.afterwards, name="afterwards"),
    path(f"{DESK}files/<slug:sort>/", afterwards.add_file, name="add_file"),
    path(f"{DESK}files/<slug:sort>/<uuid:stored>/drop/", afterwards.drop_file, name="drop_file"),
    path("mine/<str:token>/", registering.own, name="own"),
    path("mine/<str:token>/answers/", answering.answers, name="answers"),
    path("mine/<str:token>/meeting.ics", registering.calendar_file, name="own_calendar"),
    path("<slug:key>/", calendar.meeting, name="meeting"),
    path("<slug:key>/meeting.ics", calendar.entry, name="entry"),
    path("<slug:key>/register/", registering.register, name="register"),
    path("<slug:key>/register/sent/", registering.sent, name="sent"),
    path("<slug:key>/check-in/", registering.check_in, name="check_in"),
    path("<slug:key>/files/<uuid:stored>/", media.slides, name="slides"),
    path("<slug:key>/play/<uuid:stored>/", media.play, name="play"),
]
