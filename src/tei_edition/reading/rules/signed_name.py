"""How the line that signs is written: `Dean Rusk`, `G. Mennen Williams, Jr.`, `[Collins, Yost]`, `/s/ Abe Fortas`."""

from __future__ import annotations

import re

_WORD = r"(?:(?:[A-Z][A-Za-z]{0,2}\.){2,}|(?:[dDlLO][’'])?[^\W\d_a-z](?:[^\W\d_]|[’'`-])*\.?|[A-Z]\.(?:[A-Z]\.)*)"
_NAME = re.compile(
    rf"(?:/s/ ?)?{_WORD}(?: (?:{_WORD}|de|del|della|di|von|van|der|den|la|le|y|al|el|bin|da|dos|du|/s/)){{0,5}}"
    r"(?:,? (?:[Jj]r|[Ss]r)\.?|,? (?:II|III|IV)|, [A-Z][A-Za-z.]{1,6})*\*?$"
)
# "[Signature not printed.]", "[No signature on source text]"
_OMITTED = re.compile(r"\[(?:Signatures?|No signature|Signed|Not signed)\b[^\[\]]{0,60}\]\.?$")
NO_NAME = re.compile(
    r"(?:END|ATTACHMENTS?|ENCLOSURES?|UNCLASSIFIED|(?:TOP )?SECRET|CONFIDENTIAL|ABSTRACT|SUMMARY|CONCLUSIONS?"
    r"|RECOMMENDATIONS?|DISCUSSION|BACKGROUND|INTRODUCTION|Editorial Note|APPROVED?|DISAPPROVED?|YES|NO|None|Summary"
    r"|Conclusions?|Recommendations?|Agenda|Annex|Attachments?|Enclosures?|Background|Discussion|Comments?|End|Omitted"
    r"|Note|Approved?|Disapproved?|Agreed?|Other|Yes|Concur|See|Call|UNQUOTE|QUOTE|(?:LIMITED )?OFFICIAL|EXEMPT|NODIS"
    r"|EXDIS|Secretary$|Secret|Top Secret|Confidential)\b"
)
LONGEST_LINE = 70


def looks_signed(words: str) -> bool:
    """Whether a short chunk reads as a signature: its first line is a name of one to six words, in no more than
    five lines.
    """
    lines = words.split("\n")
    first = lines[0].strip()
    if len(lines) > 5 or any(len(line) > LONGEST_LINE for line in lines):
        return False
    if _OMITTED.match(first):
        return True
    if not _is_name(first) or NO_NAME.match(first.strip("[")):
        return False
    return not first.endswith(":") and (
        not first.endswith(".") or bool(re.search(r"(?:\b[A-Z]|[Jj]r|[Ss]r|^[A-Z]{3,})\.$", first))
    )


def _is_name(words: str) -> bool:
    """Whether words are a name, brackets of the editors included: "L. A. M[innich, Jr.]", "[Collins, Yost]"."""
    plain = words.replace("[", "").replace("]", "") if words.count("[") == words.count("]") else words
    if words.startswith("[") and words.endswith("]") and "," in plain:
        return all(_NAME.match(name) for name in re.split(r", (?![JS]r\.)(?:and )?| and ", plain))
    return bool(_NAME.match(plain))
