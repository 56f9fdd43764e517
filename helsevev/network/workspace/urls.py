"""Addresses of this room, inside the working room of an initiative."""

from django.urls import URLPattern, path

from helsevev.network.workspace.views import (
    door,
    gates,
    gates_deciding,
    gates_preparing,
    guides,
    roadmap,
    rows,
    signing,
    words,
)

app_name = "workspace"

ROWS: list[URLPattern] = [
    one
    for name in rows.KINDS
    for one in (
        path(f"<slug:key>/roadmap/{name}/", rows.listing, {"name": name}, name=name),
        path(f"<slug:key>/roadmap/{name}/new/", rows.new, {"name": name}, name=f"{name}_new"),
        path(f"<slug:key>/roadmap/{name}/<uuid:row>/", rows.edit, {"name": name}, name=f"{name}_edit"),
        path(f"<slug:key>/roadmap/{name}/<uuid:row>/delete/", rows.delete, {"name": name}, name=f"{name}_delete"),
        path(f"<slug:key>/roadmap/{name}/<uuid:row>/restore/", rows.restore, {"name": name}, name=f"{name}_restore"),
    )
]
GATE = "<slug:key>/roadmap/gates/<uuid:gate>/"
WORD = "<slug:key>/words/<uuid:concept>/"

urlpatterns: list[URLPattern] = [
    path("<slug:key>/roadmap/", roadmap.roadmap, name="roadmap"),
    path("<slug:key>/roadmap/draft/", door.keep, name="keep"),
    path("<slug:key>/roadmap/history/", rows.history, name="history"),
    path("<slug:key>/roadmap/history/<slug:name>/<uuid:row>/<int:number>/undo/", rows.undo, name="undo"),
    *ROWS,
    path("<slug:key>/roadmap/guide/", guides.guide, name="guide"),
    path("<slug:key>/roadmap/guide/adopt/<int:pk>/", guides.adopt, name="guide_adopt"),
    path("<slug:key>/roadmap/guide/renew/<int:pk>/", guides.take_up, name="guide_take_up"),
    path("<slug:key>/roadmap/guide/steps/<str:step>/add/", guides.add, name="guide_add"),
    path("<slug:key>/roadmap/guide/lines/<str:entry>/", guides.entry, name="guide_entry"),
    path("<slug:key>/roadmap/guide/lines/<str:entry>/change/", guides.change, name="guide_change"),
    path("<slug:key>/roadmap/phases/<slug:code>/", roadmap.phase, name="phase"),
    path("<slug:key>/roadmap/phases/<slug:code>/gate/", roadmap.open_gate, name="open_gate"),
    path("<slug:key>/roadmap/phases/<slug:code>/enter/", roadmap.reenter, name="reenter"),
    path(GATE, gates.gate, name="gate"),
    path(f"{GATE}criteria/", gates.checklist, name="checklist"),
    path(f"{GATE}approvers/", gates_preparing.name_approver, name="name_approver"),
    path(f"{GATE}approvers/<int:approver>/remove/", gates_preparing.unname, name="unname"),
    path(f"{GATE}evidence/address/", gates_preparing.add_address, name="add_address"),
    path(f"{GATE}evidence/file/", gates_preparing.add_file, name="add_file"),
    path(f"{GATE}evidence/<int:pk>/remove/", gates_preparing.remove_evidence, name="remove_evidence"),
    path(f"{GATE}files/<uuid:file>/", gates_preparing.file, name="file"),
    path(f"{GATE}submit/", gates_preparing.submit, name="submit"),
    path(f"{GATE}change/", gates_preparing.take_back, name="take_back"),
    path(f"{GATE}withdraw/", gates_preparing.withdraw, name="withdraw"),
    path(f"{GATE}decide/<slug:organisation>/", gates_deciding.decide, name="decide"),
    path(f"{GATE}terms/<int:pk>/met/", gates_deciding.meet, name="meet"),
    path(f"{GATE}terms/<int:pk>/open/", gates_deciding.unmeet, name="unmeet"),
    path("<slug:key>/words/", words.listing, name="words"),
    path("<slug:key>/words/new/", words.new, name="word_new"),
    path("<slug:key>/words/all/", signing.export, name="all_words"),
    path(WORD, words.word, name="word"),
    path(f"{WORD}edit/", words.edit, name="word_edit"),
    path(f"{WORD}delete/", words.delete, name="word_delete"),
    path(f"{WORD}restore/", words.restore, name="word_restore"),
    path(f"{WORD}parties/<slug:organisation>/", words.define, name="define"),
    path(f"{WORD}parties/<slug:organisation>/answers/", words.answers, name="answers"),
    path(f"{WORD}examples/", words.add_example, name="add_example"),
    path(f"{WORD}examples/<uuid:example>/delete/", words.delete_example, name="delete_example"),
    path(f"{WORD}examples/<uuid:example>/restore/", words.restore_example, name="restore_example"),
    path(f"{WORD}propose/", signing.propose, name="propose"),
    path(f"{WORD}sign/<slug:organisation>/", signing.sign, name="sign"),
    path(f"{WORD}texts/<int:number>/", signing.text, name="text"),
    path(f"{WORD}clarification.pdf", signing.pdf, name="word_pdf"),
]
