"""Thai official time: Buddhist years, fiscal years, and the periods that people write.

`read_period` understands what stands in a document; `print_period` writes it back in the document's
own style (`style_of`). The forms are those of the five published reports in the domain notes, and
what people type beside them.
"""

from ita.dates.fiscal import (
    BUDDHIST_OFFSET,
    fiscal_year_of,
    fiscal_year_span,
    half_of,
    half_span,
    quarter_of,
    quarter_span,
)
from ita.dates.printing import Style, print_date, print_period, style_of, thai_date, thai_month
from ita.dates.reading import Period, PeriodKind, days_of, read_period, spans_of

__all__ = [
    "BUDDHIST_OFFSET",
    "Period",
    "PeriodKind",
    "Style",
    "days_of",
    "fiscal_year_of",
    "fiscal_year_span",
    "half_of",
    "half_span",
    "print_date",
    "print_period",
    "quarter_of",
    "quarter_span",
    "read_period",
    "spans_of",
    "style_of",
    "thai_date",
    "thai_month",
]
