"""Addresses of this room: calls for everyone, rounds for those who keep them."""

from django.urls import URLPattern, path, re_path

from helsevev.network.applications.views import (
    applying,
    applying_people,
    applying_sending,
    calls,
    following,
    rounds,
    rounds_acting,
    workflow,
)

app_name = "applications"
ROUND = "rounds/<slug:code>/"
APPLICATION = "applications/<uuid:key>/"
urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    re_path(r"^calls/feed\.(?P<form>rss|json)$", calls.feed, name="calls_feed"),
    path("calls/follow/", following.follow, name="follow"),
    path("calls/follow/sent/", following.sent, name="follow_sent"),
    path("calls/follow/<str:token>/", following.confirm, name="follow_confirm"),
    path("calls/unfollow/<uuid:key>/", following.unfollow, name="unfollow"),
    path("calls/<slug:code>/", calls.call, name="call"),
    path("calls/<slug:code>/calendar.ics", calls.calendar, name="call_calendar"),
    path("calls/<slug:code>/form/", calls.call_form, name="call_form"),
    path("calls/<slug:code>/form.pdf", calls.call_form_pdf, name="call_form_pdf"),
    path("calls/<slug:code>/apply/", applying.begin, name="begin"),
    path("applications/", applying.mine, name="mine"),
    path("applications/join/<str:token>/", applying_people.join, name="join"),
    path(APPLICATION, applying.application, name="application"),
    path(f"{APPLICATION}form/", applying.form, name="form"),
    path(f"{APPLICATION}origin/", applying.choose_origin, name="choose_origin"),
    path(f"{APPLICATION}origin/drop/", applying.drop_origin, name="drop_origin"),
    path(f"{APPLICATION}invite/", applying_people.invite, name="invite"),
    path(f"{APPLICATION}invite/<int:pk>/withdraw/", applying_people.withdraw_invitation, name="withdraw_invitation"),
    path(f"{APPLICATION}authors/<int:pk>/leave/", applying_people.leave, name="leave"),
    path(f"{APPLICATION}take-over/", applying_people.take_over, name="take_over"),
    path(f"{APPLICATION}partners/", applying_people.add_partner, name="add_partner"),
    path(f"{APPLICATION}partners/<slug:organisation>/remove/", applying_people.remove_partner, name="remove_partner"),
    path(f"{APPLICATION}partners/<slug:organisation>/confirm/", applying_people.confirm, name="confirm"),
    path(f"{APPLICATION}partners/<slug:organisation>/unconfirm/", applying_people.unconfirm, name="unconfirm"),
    path(f"{APPLICATION}files/", applying_sending.attach, name="attach"),
    path(f"{APPLICATION}files/<uuid:file_key>/", applying_sending.file, name="file"),
    path(f"{APPLICATION}files/<uuid:file_key>/detach/", applying_sending.detach, name="detach"),
    path(f"{APPLICATION}send/", applying_sending.send, name="send"),
    path(f"{APPLICATION}receipt/<int:number>/", applying_sending.receipt, name="receipt"),
    path(f"{APPLICATION}receipt/<int:number>.pdf", applying_sending.receipt_pdf, name="receipt_pdf"),
    path(f"{APPLICATION}reopen/", applying_sending.reopen, name="reopen"),
    path(f"{APPLICATION}withdraw/", applying_sending.withdraw, name="withdraw"),
    path(f"{APPLICATION}take-up/", applying_sending.take_up, name="take_up"),
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
