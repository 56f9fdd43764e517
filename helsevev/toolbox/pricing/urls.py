"""Addresses of this room."""

from django.urls import URLPattern, path, re_path

from helsevev.toolbox.pricing.views import (
    agreements,
    arriving,
    cases,
    editing,
    explaining,
    files,
    making,
    people,
    shelving,
    weighing,
)

app_name = "pricing"
urlpatterns: list[URLPattern] = [
    path("", cases.case_list, name="list"),
    path("new/", making.create, name="new"),
    path("population/", people.tables, name="population"),
    path("population/<int:pk>/drop/", people.drop, name="population_drop"),
    path("comparison/", weighing.comparison, name="comparison"),
    path("comparison/<slug:tool>/", weighing.comparison, name="comparison_tool"),
    path("series/", shelving.series, name="series"),
    # A case's key is a slug; every other address of this room stands above this line.
    path("<slug:key>/", cases.case, name="case"),
    path("<slug:key>/answer/", cases.answer, name="answer"),
    re_path(
        r"^(?P<key>[-a-zA-Z0-9_]+)/pictures/(?P<name>[a-z-]+)\.(?P<form>svg|png|csv)$", cases.picture, name="picture"
    ),
    path("<slug:key>/numbers/", explaining.numbers, name="numbers"),
    path("<slug:key>/uncertainty/", explaining.uncertainty, name="uncertainty"),
    re_path(
        r"^(?P<key>[-a-zA-Z0-9_]+)/uncertainty/tornado\.(?P<form>svg|png|csv)$", explaining.tornado, name="tornado"
    ),
    path("<slug:key>/need/", people.need, name="need"),
    re_path(r"^(?P<key>[-a-zA-Z0-9_]+)/need/fan\.(?P<form>svg|png|csv)$", people.need_picture, name="need_picture"),
    re_path(r"^(?P<key>[-a-zA-Z0-9_]+)/case\.(?P<form>json|xlsx)$", files.export, name="export"),
    path("<slug:key>/import/", files.take_in, name="import"),
    path("<slug:key>/arrivals/", arriving.arriving, name="arrivals"),
    path("<slug:key>/scenarios/", making.scenarios, name="scenarios"),
    path("<slug:key>/scenarios/<int:pk>/drop/", making.drop, name="scenario_drop"),
    path("<slug:key>/inputs/", editing.edit, name="edit"),
    path("<slug:key>/inputs/<slug:section>/", editing.edit, name="edit_section"),
    path("<slug:key>/inputs/<slug:section>/draft/", editing.keep, name="keep"),
    path("<slug:key>/agreement/", agreements.agreement, name="agreement"),
    path("<slug:key>/agreement/<int:version>/", agreements.price_list, name="price_list"),
    path("<slug:key>/agreement/<int:version>/sign/", agreements.sign, name="sign"),
    path("<slug:key>/use/", agreements.actuals, name="actuals"),
    path("<slug:key>/shelf/", shelving.shelving, name="shelving"),
    path("<slug:key>/shelf/<int:pk>/take/", shelving.take, name="take_series"),
    path("<slug:key>/settlements/<int:pk>/", agreements.settlement, name="settlement"),
    path("<slug:key>/settlements/<int:pk>/<slug:number>/bill.pdf", agreements.bill_pdf, name="bill_pdf"),
    path("<slug:key>/settlements/<int:pk>/<slug:number>/invoice/", agreements.bill_ehf, name="bill_ehf"),
    path("<slug:key>/history/", editing.history, name="history"),
    path("<slug:key>/history/<int:number>/undo/", editing.undo, name="undo"),
]
