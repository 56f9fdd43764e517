"""Addresses of this room."""

from django.urls import URLPattern, path

from helsevev.knowledge.search import views

app_name = "search"
urlpatterns: list[URLPattern] = [
    path("", views.search, name="search"),
    path("open/", views.opened, name="open"),
    path("words/", views.words, name="words"),
    path("words/<int:pk>/take-away/", views.take_away, name="take_away"),
]
