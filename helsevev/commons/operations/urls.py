"""The address outside the languages that a watching program asks."""

from django.urls import path

from helsevev.commons.operations import views

app_name = "operations"
urlpatterns = [path("healthz", views.healthz, name="healthz")]
