"""In which role a paragraph speaks of a place: by the words just before and after its name.

The rules are few, so that a person can foresee them: the name is a *source of risk* when something hostile
is said to be its own (China's export restrictions) or its act (China suspended exports), directed at us by it
(coercion by China), or when one acts against it (counter Chinese …, reliance on China), and, unless the
paragraph also works with it, when it is party to a rivalry; a *third party* when it suffers somebody's war; a
*venue* when people only meet there (in Jakarta). Everything else is a partner.

Each rule hangs on a cue, a word such as "threat", and tells what may stand between it and the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.domain import roles_en, roles_ja
from briefer.domain.matching import Match
from briefer.domain.mentions import (
    ACTING,
    OWNING,
    PARTNER,
    RELIED_ON,
    RIVAL,
    TARGET,
    THIRD_PARTY,
    Judgement,
    Mention,
    Rule,
)  # fmt: skip

CUES: tuple[tuple[str, Rule], ...] = (*roles_en.CUES, *roles_ja.CUES)
"""Words, in small letters, with the rules that hang on them."""

REACH = 120
"""How far from a name, in characters, a cue may stand."""

_FIRST = {j: n for n, j in enumerate((THIRD_PARTY, PARTNER, RIVAL, ACTING, OWNING, TARGET, RELIED_ON))}
_ALLIED = re.compile(r"(?:'s)?\s(?:alliance|ally|allies|security treaty|partnership)\b|同盟")
_WITH = re.compile(
    r"\b(?:cooperat\w+|co-operat\w+|partner\w*|alliance|coordinat\w+|collaborat\w+|works?|working|hand in hand|together) with\s(?:the )?$"
)
_AND = re.compile(r"(?:,|,? and(?: the)?|,? or|/|-|–)\s?")
_AND_JA = frozenset({"、", "・", "と", "や", "及び", "および", "並びに"})
_LONGEST_AND = 9


def role_of(it: Mention, cues: Sequence[Match[Rule]]) -> Judgement | None:
    """Return the role, given the cues within `REACH`; None where it is only somebody's former office."""
    plain = roles_en.plain(it) if it.text[it.start].isascii() else roles_ja.plain(it)
    if not cues or plain is None:
        return plain
    found = [judged for cue in cues for rule in cue.owners if (judged := rule(it, cue)) is not None]
    if not found:
        return plain
    best = min(found, key=_FIRST.__getitem__)
    return best if plain is PARTNER or best is THIRD_PARTY else plain


def allied(it: Mention) -> bool:
    """Whether the name is spoken of as an ally or as one to work with."""
    return bool(_ALLIED.match(it.small, it.end, it.high) or _WITH.search(it.before(40)))


def joined(between: str) -> bool:
    """Whether two names with this between them are spoken of together ("China and Russia")."""
    return len(between) <= _LONGEST_AND and (between in _AND_JA or _AND.fullmatch(between) is not None)
