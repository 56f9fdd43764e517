"""Addresses of this room."""

from django.urls import path

from helsevev.commons.mail import views

app_name = "mail"
urlpatterns = [path("", views.messages, name="messages")]
