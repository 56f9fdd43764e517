"""The price model of a shared follow-up centre (tjenesteprismodell): staffing, price, bills, fairness, uncertainty.

Pure: no Django, no clock, no file. Every figure is reckoned by `model` and `bills`; the other modules ask them.

| module | answers |
|---|---|
| `reading`, `inputs` | is this a case? what are its inputs, and what is it with some of them changed? |
| `answer` | what does it cost, who must be there, what does each pay? |
| `formulas` | how was a number reckoned? |
| `weighing` | what should people stop at? what does one more patient change? scenarios |
| `uncertainty` | how sure is it? what moves it? what is it worth to know more? |
| `fairness` | does anybody pay more than alone? |
| `agreement`, `settlement` | what was signed, and what is owed for the months that were? |
| `comparison` | with and without a digital option, payer by payer; a national service; a district |
| `workbook`, `importing` | the case as a spreadsheet, and back |
"""

from helsevev.core.pricing.answer import Answer, Bill, price
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.reading import read

__all__ = ["Answer", "Bill", "Case", "price", "read"]
