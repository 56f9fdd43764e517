"""Address of the gallery."""

from django.urls import path

from helsevev.commons.ui import views

app_name = "ui"
urlpatterns = [path("", views.gallery, name="gallery")]
