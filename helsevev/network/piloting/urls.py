"""Addresses of this room, in a project's working room."""

from django.urls import URLPattern, path, re_path

from helsevev.network.piloting.views import (
    conclusions,
    counts,
    experience,
    experience_writing,
    files,
    pilots,
    protocols,
    protocols_writing,
)

app_name = "piloting"
P = "<slug:key>/pilot/<int:number>/"
E = "<slug:key>/experience/"
R = r"^(?P<key>[-a-zA-Z0-9_]+)/pilot/(?P<number>[0-9]+)/"
urlpatterns: list[URLPattern] = [
    path("<slug:key>/pilot/", pilots.home, name="home"),
    path(P, pilots.one, name="one"),
    re_path(R + r"pace\.(?P<form>svg|png|csv)$", files.picture, name="picture"),
    path(P + "protocol/", protocols.protocol, name="protocol"),
    path(P + "protocol/edit/", protocols_writing.edit, name="edit"),
    path(P + "protocol/<int:version>/", protocols.version, name="version"),
    path(P + "protocol/<int:version>/sign/", protocols.sign, name="sign"),
    re_path(R + r"protocol/(?P<version>[0-9]+)\.pdf$", files.pdf, name="pdf"),
    path(P + "weeks/", counts.weeks, name="weeks"),
    re_path(R + r"weeks\.(?P<form>csv|xlsx)$", files.weeks, name="weeks_file"),
    path(P + "review/<slug:planned>/", pilots.review, name="review"),
    path(P + "result/", conclusions.result, name="result"),
    path(E, experience.experience, name="experience"),
    path(E + "edit/", experience_writing.edit, name="experience_edit"),
    path(E + "<int:version>/", experience.version, name="experience_version"),
    path(E + "<int:version>/sign/", experience.sign, name="experience_sign"),
    path(E + "<int:version>/withdraw/", experience.withdraw, name="experience_withdraw"),
]
