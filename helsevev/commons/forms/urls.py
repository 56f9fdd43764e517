"""Addresses of this room: where forms are built; filling pages lie in the rooms that own the answers."""

from django.urls import path

from helsevev.commons.forms.views import (
    building_edit,
    building_files,
    building_item,
    building_list,
    building_preview,
    building_publish,
)

app_name = "forms"
urlpatterns = [
    path("", building_list.forms, name="list"),
    path("new/", building_list.start, name="start"),
    path("from-file/", building_files.new, name="upload"),
    path("<slug:key>/", building_list.form, name="form"),
    path("<slug:key>/throw/", building_list.throw, name="throw"),
    path("<slug:key>/retire/", building_list.retire, name="retire"),
    path("<slug:key>/build/", building_edit.edit, name="edit"),
    path("<slug:key>/build/news/", building_edit.news, name="news"),
    path("<slug:key>/build/question/<path:link_id>/", building_item.item, name="item"),
    path("<slug:key>/from-file/", building_files.replace, name="replace"),
    path("<slug:key>/report/", building_files.report, name="report"),
    path("<slug:key>/publish/", building_publish.publish, name="publish"),
    path("<slug:key>/compare/", building_publish.compare, name="compare"),
    path("<slug:key>/draft.json", building_files.export, name="export_draft"),
    path("<slug:key>/version-<int:number>.json", building_files.export, name="export"),
    path("<slug:key>/preview/", building_preview.preview, name="preview"),
    path("<slug:key>/preview/page/", building_preview.framed, name="preview_page"),
]
