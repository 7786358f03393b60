"""The calendar expressions of the genre: what they say, and what is left open.

`find_dates` reads the dates that are written out: "August 18", "18 August 1962", "May 31–June 2, 1961", "July 1960",
with the time of day where one follows. `find_expressions` reads all that names a day, a month, a year or a span of
them in running text: "8/18/62", "mid-August", "fiscal year 1962", "251430Z Aug 62". Neither claims what is not written:
a missing year stays None until `nearest` supplies it from evidence. `find_relative` reads "yesterday" and "the 18th",
which say nothing without a day to count from. Values follow the W3C formats that TEI's att.datable.w3c takes (TEI
Guidelines, 13.4 and 3.6.4).
"""

from __future__ import annotations

from tei_edition.dates.days import MONTHS, WEEKDAYS, CalendarDay, DateExpression, file_number_date, nearest
from tei_edition.dates.expressions import find_expressions
from tei_edition.dates.written import find_dates, impossible_days

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "CalendarDay",
    "DateExpression",
    "file_number_date",
    "find_dates",
    "find_expressions",
    "impossible_days",
    "nearest",
]
