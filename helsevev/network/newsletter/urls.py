"""Addresses of this room: the archive for everyone, one's own page by its link, and the desk."""

from django.urls import URLPattern, path, re_path

from helsevev.network.newsletter.views import archive, desk, figures, previewing, sending, subscribing

app_name = "newsletter"
DESK = "desk/<slug:key>/"
urlpatterns: list[URLPattern] = [
    path("", archive.archive, name="archive"),
    re_path(r"^feed\.(?P<form>rss|json)$", archive.feed, name="feed"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/sent/", subscribing.asked, name="asked"),
    path("mine/<str:token>/", subscribing.own, name="own"),
    path("stop/<str:token>/", subscribing.stop, name="stop"),
    path("c/<slug:key>/<int:link>/<str:token>/", archive.click, name="click"),
    path("figures/", figures.figures, name="figures"),
    re_path(r"^figures/letters\.(?P<form>csv|xlsx)$", figures.file, name="file"),
    re_path(r"^figures/rates\.(?P<form>svg|png|csv)$", figures.picture, name="picture"),
    path("desk/", desk.index, name="desk"),
    path("desk/new/", desk.new, name="new"),
    path(DESK, desk.write, name="write"),
    path(f"{DESK}keep/", desk.keep, name="keep"),
    path(f"{DESK}preview/", previewing.preview, name="preview"),
    path(f"{DESK}preview/mail/", previewing.framed, name="framed"),
    path(f"{DESK}test/", sending.test, name="test"),
    path(f"{DESK}send/", sending.send, name="send"),
    path(f"{DESK}recall/", sending.recall, name="recall"),
    path(f"{DESK}progress/", sending.progress, name="progress"),
    path("<slug:key>/", archive.letter, name="letter"),
]
