"""Which volumes of the published series tell sender and addressee in their heads.

Those made from printed books do. The volumes on 1973 and later were encoded when they were made (from 2008 on), and
have no types "from" and "to". What a volume is on, its list of persons says better than one document of 1969 in a
volume on 1969 to 1976: "Ambassador to South Africa from January 1976".
"""

from __future__ import annotations

import functools

from tei_edition.tagging.context import Known, Reading

UNTYPED_SINCE = "1973"
_ENOUGH = 20  # years in a list; fewer do not say what a volume is on


def tells_parties(reading: Reading) -> bool:
    """Whether the volume that a document belongs to has types "from" and "to" in its heads."""
    late = reading.date is not None and reading.date[0] >= UNTYPED_SINCE
    return not late and not _is_late(reading.known)


@functools.lru_cache(maxsize=1)  # one list serves a run
def _is_late(known: Known) -> bool:
    """Whether most offices in the list of persons begin or end in 1973 or later."""
    years = [
        year[:4]
        for entry in known.entries.values()
        for office in entry.offices
        for year in (office.start, office.end)
        if year
    ]
    return len(years) >= _ENOUGH and 2 * sum(year >= UNTYPED_SINCE for year in years) > len(years)
