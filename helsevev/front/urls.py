"""Addresses of this room: pages in each language, and what machines ask for without one."""

from django.urls import URLPattern, URLResolver, path, re_path

from helsevev.front import views
from helsevev.front.api import api
from helsevev.front.manners import nothing_there

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("me/", views.mine, name="mine"),
    path("me/data.json", views.my_data, name="my_data"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:key>/", views.organisation, name="organisation"),
    path("api/", views.interface, name="interface"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]
machine_urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", views.sitemap_part, name="sitemap_part"),
    path(".well-known/security.txt", views.security, name="security"),
    path("open-data.jsonld", views.open_data, name="open_data"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls), re_path(r"^api/v\d.*$", nothing_there)]
