"""Cost comparisons (kostnadssammenligninger): options, payers, a national service, a district."""

from helsevev.core.pricing.comparison.budgets import BudgetImpact, Impact, budget_impact
from helsevev.core.pricing.comparison.districts import FrameUse, Picture, Service, district
from helsevev.core.pricing.comparison.nations import Financing, Region, Share, national
from helsevev.core.pricing.comparison.options import BreakEven, Option, break_even
from helsevev.core.pricing.comparison.uses import ADMISSIONS, NO_EVIDENCE, Comparison, Use, compare

__all__ = [
    "ADMISSIONS",
    "NO_EVIDENCE",
    "BreakEven",
    "BudgetImpact",
    "Comparison",
    "Financing",
    "FrameUse",
    "Impact",
    "Option",
    "Picture",
    "Region",
    "Service",
    "Share",
    "Use",
    "break_even",
    "budget_impact",
    "compare",
    "district",
    "national",
]
