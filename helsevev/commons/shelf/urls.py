"""Addresses of this room."""

from django.urls import URLPattern

app_name = "shelf"
urlpatterns: list[URLPattern] = []
