"""Addresses of this room, which exist in demo mode alone."""

from django.urls import URLPattern, path

from helsevev.commons.demo import views

app_name = "demo"
urlpatterns: list[URLPattern] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("mail/", views.mail, name="mail"),
]
