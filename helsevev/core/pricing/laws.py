"""Reads the laws that uncertain inputs follow: each by its mean and its spread, and only such as can be."""

import math
from collections.abc import Mapping
from typing import Any

from helsevev.core.pricing import fields
from helsevev.core.pricing.case import Law
from helsevev.core.pricing.gathering import Gatherer, Steps, shown
from helsevev.core.pricing.why import Why


def laws_of(found: Gatherer, whole: Mapping[str, Any]) -> dict[str, Law]:
    """The laws of the inputs that are uncertain."""
    if whole.get("uncertainty") is None:
        return {}
    laws = {}
    for name, row in found.mapping(whole["uncertainty"], ("uncertainty",)).items():
        steps: Steps = ("uncertainty", name)
        if found.known(name, fields.UNCERTAIN, steps):
            law = _law(found, found.mapping(row, steps), steps)
            if law:
                laws[name] = law
    return laws


def _law(found: Gatherer, holder: Mapping[str, Any], steps: Steps) -> Law | None:
    """One law; a mean and a spread that it can have."""
    law = found.text(holder, "law", steps)
    known = bool(law) and found.known(law, fields.LAWS, (*steps, "law"))
    mean = found.number(holder, "mean", fields.ANY, steps)
    given = [key for key in ("cv", "sd") if holder.get(key) is not None]
    if len(given) != 1:
        found.wrong(steps, Why.ONE_OF_TWO)
        return None
    spread = found.number(holder, given[0], fields.NOT_NEGATIVE, steps)
    if not known or math.isnan(mean) or math.isnan(spread):
        return None
    made = Law(law, mean, spread * abs(mean) if given[0] == "cv" else spread, relative=given[0] == "cv")
    if not _possible(made):
        found.wrong(steps, Why.NO_LAW, law=law, mean=shown(mean), sd=shown(made.sd))
        return None
    return made


def _possible(law: Law) -> bool:
    """Whether a law of this kind can have this mean and this spread."""
    if law.law in ("gamma", "lognormal"):
        return law.mean > 0
    if law.law == "beta":
        return 0 < law.mean < 1 and law.sd**2 < law.mean * (1 - law.mean)
    return True
