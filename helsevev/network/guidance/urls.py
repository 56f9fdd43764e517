"""Addresses of this room. Those of one initiative's working room begin with its key, here and in the rooms above."""

from django.urls import URLPattern, path

from helsevev.network.guidance.views import engaging, holding, hours, lists, sessions, staff

app_name = "guidance"
ROOM, ONE = "<slug:key>/", "<slug:key>/sessions/<uuid:number>/"
urlpatterns: list[URLPattern] = [
    path("", lists.mine, name="mine"),
    path("open/", engaging.open_engagement, name="open"),
    path("load/", staff.load, name="load"),
    path("load/weeks.<slug:form>", staff.load_picture, name="load_picture"),
    path("capacity/", staff.capacity, name="capacity"),
    path("groups/", staff.groups, name="groups"),
    path("groups/<uuid:number>/", staff.group, name="group"),
    path("groups/<uuid:number>/convene/", staff.convene_group, name="convene_group"),
    path(ROOM, hours.hours, name="hours"),
    path(f"{ROOM}hours/book/", hours.book, name="book"),
    path(f"{ROOM}hours/confirm/", hours.confirm, name="confirm"),
    path(f"{ROOM}hours/ledger.xlsx", hours.workbook, name="workbook"),
    path(f"{ROOM}hours/picture.<slug:form>", hours.picture, name="hours_picture"),
    path(f"{ROOM}hours/requests/<int:number>/", hours.answer_request, name="answer_request"),
    path(f"{ROOM}hours/<int:number>/", hours.line, name="line"),
    path(f"{ROOM}engagement/", engaging.engagement, name="engagement"),
    path(f"{ROOM}sessions/", sessions.sessions, name="sessions"),
    path(f"{ROOM}sessions/new/", sessions.convene, name="convene"),
    path(ONE, sessions.session, name="session"),
    path(f"{ONE}change/", sessions.change, name="change_session"),
    path(f"{ONE}cancel/", sessions.cancel, name="cancel_session"),
    path(f"{ONE}session.ics", sessions.invitation, name="invitation"),
    path(f"{ONE}book/", holding.book, name="book_session"),
    path(f"{ONE}present/", holding.present, name="present"),
    path(f"{ONE}points/", holding.add_point, name="add_point"),
    path(f"{ONE}points/<int:point>/", holding.settle_point, name="settle_point"),
    path(f"{ONE}notes/", holding.notes, name="notes"),
    path(f"{ONE}files/", holding.add_file, name="add_file"),
    path(f"{ONE}files/<uuid:stored>/", holding.file, name="session_file"),
    path(f"{ONE}files/<uuid:stored>/drop/", holding.drop_file, name="drop_file"),
]
