"""Other forms of an English word that a search may have meant: the other spelling, the other number.

They are guesses by the regular differences of British and American spelling, and many are no words: offer only what a
library has. There is no list of words behind it, because names and new words follow the same rules.
"""

from __future__ import annotations

import re

_SHORTEST = 4
_SWAPPED = (
    ("programme", "program"), ("aluminium", "aluminum"), ("manoeuvr", "maneuver"), ("sceptic", "skeptic"),
    ("cheque", "check"), ("plough", "plow"), ("ageing", "aging"), ("grey", "gray"), ("logue", "log"),
    ("dgement", "dgment"), ("practis", "practic"),
)  # fmt: skip
_RULES = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        ("(?<=[a-z]{2})our", "or"),  # labour, harbour
        ("(?<=[a-z]{2})or", "our"),
        ("(?<=[a-z]{3})is(?=(?:e[ds]?|ers?|ing|ation(?:s|al)?|able)$)", "iz"),  # organise, organisation
        ("(?<=[a-z]{3})iz(?=(?:e[ds]?|ers?|ing|ation(?:s|al)?|able)$)", "is"),
        ("(?<=[a-z]{2})ys(?=(?:e[ds]?|ers?|ing)$)", "yz"),  # analyse
        ("(?<=[a-z]{2})yz(?=(?:e[ds]?|ers?|ing)$)", "ys"),
        ("(?<=en)c(?=e(?:[ds]|less)?$)", "s"),  # defence, licence
        ("(?<=en)s(?=e(?:[ds]|less)?$)", "c"),
        ("(?<=[a-z]{2}[bt])re(?=s?$)", "er"),  # centre, fibre
        ("(?<=[a-z]{2}[bt])er(?=s?$)", "re"),
        ("^([a-z]*[aeiou][a-z]+[aeiou]l)l(?=(?:ed|ing|ers?)$)", r"\1"),  # travelled
        ("^([a-z]*[aeiou][a-z]+[aeiou]l)(?=(?:ed|ing|ers?)$)", r"\1l"),
    )
)
_PLURALS = ((re.compile("ies$"), "y"), (re.compile("(?<=s|x|z)es$|(?<=ch|sh)es$|(?<=[^sui])s$"), ""))
_WORD = re.compile(r"[A-Za-z]+")


def other_spellings(word: str) -> tuple[str, ...]:
    """Return how the other side of the Atlantic may spell a word of letters A to Z: «defense» for «defence»."""
    small = word.lower()
    if not _is_word(small):
        return ()
    both = (pair for one in _SWAPPED for pair in (one, one[::-1]))
    made = [small.replace(a, b, 1) for a, b in both if a in small and not (b in small and len(b) > len(a))]
    made += [rule.sub(put, small, count=1) for rule, put in _RULES]
    return tuple(dict.fromkeys(_cased(one, word) for one in made if one != small))


def other_numbers(word: str) -> tuple[str, ...]:
    """Return the singular of a plural; of a singular its plural or, as in a query, all that begins with it: «chip*»."""
    small = word.lower()
    if not _is_word(small):
        return ()
    for ending, put in _PLURALS:
        if ending.search(small):
            return (_cased(ending.sub(put, small), word),)
    if re.search("[^aeiou]y$", small):
        return (_cased(f"{small[:-1]}ies", word),)
    return (f"{word}*",)


def _is_word(small: str) -> bool:
    return len(small) >= _SHORTEST and _WORD.fullmatch(small) is not None


def _cased(made: str, like: str) -> str:
    if like.isupper():
        return made.upper()
    return made.capitalize() if like[0].isupper() else made
