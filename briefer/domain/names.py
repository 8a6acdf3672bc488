"""Persons' names in parts and whole: they are taken apart only where that cannot go wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_GIVEN = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]+)*\.?")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?){1,3}|[^\W\d_]")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq|mp|kc|qc)\.?", re.IGNORECASE)
_PARTICLES = words_of(
    "von van der den de del della di da das dos du la le ten ter zu zum zur af av el al bin ibn"
)
_CORPORATE = words_of(
    "agency associated association authority bank board bureau center centre commission committee company conference"
    " congress corporation council department desk editor editorial editors embassy federation force forum"
    " foundation government group house inc institute institution international journal lab ltd magazine ministry"
    " nations network news office organisation organization parliament post press public publishing radio reporter"
    " reporters research review reuters secretariat service society staff studies team times tv union university"
    " united world writer writers"
)
# The family name comes first in these, and cannot be told from the order: such names stay whole.
_FAMILY_FIRST = words_of(
    "bae cai cao chang chen cheng choi deng ding fan feng gao guo han ho hong hu huang hwang jang jeon jiang jin jo"
    " jung kang kim kwon le lee li liang lim lin liu lu luo ma mao moon nguyen oh pak park peng pham qin ryu shin"
    " shen sim song sun tang tian tran wang wei wu xi xiao xie xu yang yao yoon yu yuan zeng zhang zhao zheng zhou"
    " zhu"
)


def split_name(name: str) -> dict[str, str]:
    """Return a name as CSL writes it: in parts for a person whose name is plainly given name and family name."""
    whole = {"literal": name}
    words = name.split()
    if "," in name or _CJK.search(name) or not 2 <= len(words) <= 5:
        return whole
    plain = [word.casefold().strip(".'’") for word in words]
    if _CORPORATE.intersection(plain) or plain[0] in _FAMILY_FIRST or _SUFFIX.fullmatch(words[-1]):
        return whole
    particles = [i for i, word in enumerate(words) if i and word in _PARTICLES]
    first = particles[0] if particles else len(words) - 1
    last = particles[-1] + 1 if particles else first
    given, family = words[:first], words[last:]
    middle_safe = all(_INITIAL.fullmatch(word) for word in given[1:])
    if len(family) != 1 or not middle_safe or not all(_is_word(word) for word in (*given, *family)):
        return whole
    found = {"family": family[0], "given": " ".join(given)}
    if particles:
        found["non-dropping-particle"] = " ".join(words[first:last])
    return found


def _is_word(word: str) -> bool:
    return word[0].isupper() and bool(_GIVEN.fullmatch(word) or _INITIAL.fullmatch(word))


def joined_name(parts: Mapping[str, object]) -> str:
    """Return a name of CSL-JSON in the order in which it is spoken, or nothing."""

    def part(key: str) -> str:
        value = parts.get(key)
        return value.strip() if isinstance(value, str) else ""

    if part("literal"):
        return part("literal")
    family = " ".join(
        p for p in (part("dropping-particle"), part("non-dropping-particle"), part("family")) if p
    )
    given, suffix = part("given"), part("suffix")
    if _CJK.search(family) or (_CJK.search(given) and not family):
        return f"{family}{given}"
    name = " ".join(p for p in (given, family) if p)
    return f"{name}, {suffix}" if suffix and name else name
