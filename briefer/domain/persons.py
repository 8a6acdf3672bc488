"""Whether two names are one person's: however the name is written, and whatever office stands beside it.

What cannot be told from the names alone (a married name, a nickname, one script from another) is told only where the
library's vocabulary has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefer.domain.folding import RUN, folded
from briefer.domain.names import words_of
from briefer.domain.tags import Term

_OFFICES = words_of(
    "mr mrs ms miss mx dr sir lord lady dame prof professor hon honourable honorable excellency rev"
    " president vice deputy prime premier chancellor minister secretary ambassador envoy commissioner governor senator"
    " congressman congresswoman representative mep mp general admiral colonel director chair chairman chairwoman"
    " chairperson king queen prince princess pope emperor spokesman spokeswoman spokesperson chief head leader official"
    " adviser advisor executive commission council ministry department state"
)
_OFFICE_JA = re.compile(
    r"(?:氏|さん|様|君|議員|教授|社長|会長|首相|大統領|(?:外|国防|防衛|財務|法務|環境|経産|経済産業|農水|農林水産|国交|総務|官房|副総理)?相|総理(?:大臣)?"
    r"|(?:外務|防衛|財務|経済産業|内閣総理|法務|環境|総務|農林水産|国土交通)?(?:副)?大臣|(?:官房|国務|国防|財務|商務)?長官|国家主席|主席|総書記|書記長"
    r"|(?:副)?報道官|外交部長|議長|委員長|委員|大使|公使|知事|総裁|事務総長|補佐官|次官)+$"
)
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|[“”\"「」]")
_ROLE = re.compile(r"[,、，]\s*|\s+[–—-]\s+")
_INITIALS = re.compile(r"(?<=\b[A-Z]\.)(?=[A-Z]\.)")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_OF = words_of("of the and for")
_LEAST_JAPANESE = 2

_Name = tuple[str, ...]


def same_person(one: str, other: str, terms: Iterable[Term] = ()) -> bool:
    """Whether two speakers are one, as far as the names tell, or a term whose labels in both languages they are.

    A family name alone is whoever bears it, and an initial any name that begins with it.
    """
    if _alike(one, other):
        return True
    japanese, latin = (one, other) if _JAPANESE.search(one) else (other, one)
    if not _JAPANESE.search(japanese) or _JAPANESE.search(latin):
        return False
    return any(
        term.label_ja and _alike(japanese, term.label_ja) and _alike(latin, term.label_en) for term in terms
    )


def _alike(one: str, other: str) -> bool:
    a, b = _read(one), _read(other)
    if "".join(a) == "".join(b):
        return one == other or bool(a)
    if not a or not b or not _OF.isdisjoint(a + b):
        return False  # an office or a body: «Bank of Japan» is not «Japan»
    if len(a) == len(b) == 1:
        return _is_part(a[0], b[0])
    return any(_fit(x, y) for x in _orders(a) for y in _orders(b))


@lru_cache(maxsize=4096)
def _read(speaker: str) -> _Name:
    """Return the folded words of a name without offices, its family name last where a comma tells."""
    name, *after = _ROLE.split(_ASIDE.sub("", speaker).strip(), maxsplit=1)
    given = after[0].split() if after and " " not in name else []
    if given and all(word[0].isupper() and word.casefold().strip(".") not in _OFFICES for word in given):
        name = f"{after[0]} {name}"
    name = _OFFICE_JA.sub("", name) or name
    words = tuple(match[0] for match in RUN.finditer(folded(_INITIALS.sub(" ", name))))
    last = max((at for at, word in enumerate(words) if word in _OFFICES), default=-1)
    return words[last + 1 :] or words


def _is_part(one: str, other: str) -> bool:
    """Whether a name in Japanese is the family name of another: 山田 of 山田花子, スミス of ジョン・スミス."""
    short, long = sorted((one, other), key=len)
    if short.isascii() or len(short) < _LEAST_JAPANESE:
        return False
    return long.endswith(short) if _KATAKANA.fullmatch(long) else long.startswith(short)


def _orders(name: _Name) -> Iterator[_Name]:
    """Yield a name as it is, and with what is first at the end: family names may be either."""
    yield name
    if len(name) > 1:
        yield (*name[1:], name[0])


def _fit(one: _Name, other: _Name) -> bool:
    """Whether the family names, which are last, are the same, and the given names go together."""
    family = one[-1]
    if family != other[-1] or len(family) == 1:
        return False
    a, b = one[:-1], other[:-1]
    if "".join(a) == "".join(b):
        return True
    return all(x == y or (1 in {len(x), len(y)} and x[0] == y[0]) for x, y in zip(a, b, strict=False))
