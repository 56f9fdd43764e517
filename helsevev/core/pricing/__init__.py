"""The price model of a shared follow-up centre (tjenesteprismodell): staffing, price, bills, fairness, uncertainty.

Pure: no Django, no clock, no file. Every figure is reckoned by `model` and `bills`; the other modules ask them.
"""

from helsevev.core.pricing.answer import Answer, Bill, price
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.reading import read

__all__ = ["Answer", "Bill", "Case", "price", "read"]
