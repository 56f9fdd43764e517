"""Addresses of this room."""

from django.urls import path

from helsevev.commons.audit import views

app_name = "audit"
urlpatterns = [path("", views.trail, name="trail")]
