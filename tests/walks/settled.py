"""A small case that is signed and settled, and a municipal manager (kommuneleder) of one of its two partners."""

CASE = "toolbox/prices/eksempel-et-senter-for-to-kommuner"
OWN, OTHER = "3228", "3209"

# Prints the number of the settlement and the session in which the manager is signed in.
MADE = """
from datetime import date
from django.test import Client
from django.utils import timezone
from helsevev.commons.people import actions as giving, queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Grant, Role
from helsevev.core.pricing.settlement import Actual
from helsevev.toolbox.pricing.actions import agreements, cases
from helsevev.toolbox.pricing.queries.people import adults_of
from helsevev.toolbox.pricing.rules import demo
names = {"3228": "Nes", "3209": "Ullensaker"}
content = demo.content(adults_of(demo.PATIENTS), {number: names.get(number, number) for number in demo.PATIENTS})
content["title"] = "Eksempel: et senter for to kommuner"
content["municipalities"] = [one for one in content["municipalities"] if one["number"] in names]
content["notes"] = {path: note for path, note in content["notes"].items() if not path.startswith("municipalities")}
case = cases.create(people.organisation(demo.OWNER), content, "system:walks", is_illustrative=True)
row = agreements.offer(case, date(2026, 1, 1), date(2026, 12, 31), "plan", "system:walks")
for partner in case.partners.all():
    agreements.sign(row, partner, User.objects.get(email="organisation-signer@example.invalid"))
used = [
    Actual(number, month, {"kols": patients, "hjertesvikt": patients / 2}, 2, 1)
    for number, patients in (("3228", 16), ("3209", 44))
    for month in ("2026-01", "2026-02", "2026-03")
]
agreements.report(case, used, "walks", "system:walks")
made = agreements.settle(row, "2026-01", "2026-03", None, "system:walks")
user = User.objects.create_user("municipal-manager@example.invalid", name="Prøve Kommuneleder", is_demo=True)
grant = Grant(Role.PROJECT_MEMBER, "nes-kommune", timezone.localdate())
giving.grant_as_operator("system:walks", user, grant, "Invented person")
client = Client()
client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
from django.conf import settings
print(made.pk, client.session.session_key, settings.SESSION_COOKIE_NAME)
"""
