"""Addresses of this room."""

from django.urls import path

from helsevev.commons.shelf import views

app_name = "shelf"
urlpatterns = [
    path("", views.shelf, name="list"),
    path("<slug:type>/<str:key>/", views.item, name="item"),
]
