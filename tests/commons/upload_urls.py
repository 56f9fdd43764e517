"""The page that takes files."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import path

from helsevev.commons.files import actions, queries
from helsevev.commons.files.forms import UploadField
from helsevev.commons.files.views import takes_files
from helsevev.config.urls import urlpatterns as real
from helsevev.core.words import Refused

LIMIT = 50_000_000
OWNER = {"owner_kind": "application", "owner_key": "a-1"}
PAGE = """{% extends "base.html" %}{% block title %}Files{% endblock %}{% block content %}
<h1>Files</h1>{% error_summary form %}
<form method="post" enctype="multipart/form-data" class="form" novalidate>{% csrf_token %}
{% field form.title %}{% field form.file %}
<p class="actions"><button class="ds-button" type="submit" name="do" value="send">Send</button></p></form>
<ul id="kept">{% for file in files %}<li>{{ file.name }}</li>{% endfor %}</ul>{% endblock %}"""


class PageForm(forms.Form):
    title = forms.CharField(label="Title")
    file = UploadField(label="Plan", limit_bytes=LIMIT)


@takes_files(LIMIT)
def page(request: HttpRequest) -> HttpResponseBase:
    form = PageForm(request.POST, request.FILES) if request.method == "POST" else PageForm()
    if form.is_bound and form.is_valid():
        try:
            actions.receive(form.cleaned_data["file"], **OWNER, by=str(request.user.key))
            messages.success(request, "The file is kept.")
            return redirect(request.path)
        except Refused as refused:
            form.add_error("file", str(refused))
    get_token(request)
    shown = RequestContext(request, {"form": form, "files": queries.of_owner("application", "a-1")})
    return HttpResponse(Template(PAGE).render(shown), status=422 if form.errors else 200)


urlpatterns = [path("nb/files/", page), path("en/files/", page), *real]
