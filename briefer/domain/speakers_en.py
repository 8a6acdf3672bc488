"""English wordings that tell who speaks a quotation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

Attribution = tuple[str, bool, str]
"""Speaker as excerpts have it, whether named, and the wording that tells it."""

_VERB = (
    r"(?:said|says|stated|states|told|tells|added|adds|noted|notes|explained|explains|warned|warns|argued|argues|stressed|stresses|emphasi[sz]ed|emphasi[sz]es"
    r"|declared|announced|insisted|insists|acknowledged|admitted|claimed|claims|commented|remarked|replied|responded|recalled|wrote|writes|tweeted|posted|urged"
    r"|continued|concluded|observed|pointed out|suggested|predicted|cautioned|called|put it|puts it|quipped|affirmed|reaffirmed|reiterated|vowed|pledged|complained"
    r"|conceded|lamented|hailed|described|asserted|maintained|contended|testified|joked|promised|cited as saying|quoted as saying)"
)
_HELPING = r"(?:(?:also|later|then|has|have|had|reportedly|recently|once|further|earlier|was|were|is|repeatedly|publicly|privately) )*"
_STOP = re.compile(
    r",? who\b|,? whose\b|,? which\b|,? speaking\b|,? adding\b|,? referring\b|,? noting\b|,? citing\b|,? (?:when|while|as|after|before|during|following|ahead of|amid) "
    r"| in (?:an?|the|his|her|their|comments|remarks|response|reference)\b| (?:on|last|this) (?:mon|tues|wednes|thurs|fri|satur|sun|week|month|year)\w*"
    r"| (?:on|in|at|via) (?:x|twitter|facebook|social media|tokyo|january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"| (?:mon|tues|wednes|thurs|fri|satur|sun)day\b| told | at (?:an?|the) (?:[\w-]+ ){0,2}(?:meeting|press|news|conference|forum|briefing|seminar|symposium|event|rally|summit|hearing|session)| by (?:phone|email|e-mail|telephone)| of (?:the|his|her|their) (?:plan|move|decision|deal|agreement)",
    re.IGNORECASE,
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ]"
_TITLE_END = (
    r"\.(?:(?<=\b(?:Dr|Lt|St|Mr|Ms|Jr|Sr)\.)|(?<=\b(?:Gen|Adm|Col|Sen|Rep|Gov|Mrs)\.)|(?<=\b(?:Prof|Capt)\.))"
)
_NAME_WORD = rf"{_CAPITAL}(?:\.(?:{_CAPITAL}\.)*|[\w'’-]*(?:{_TITLE_END})?)"
_PARTICLE = r"(?:van|von|der|den|de|la|le|del|di|da|bin|bint|al|el|dos|ten|ter)"
_NAME = rf"{_NAME_WORD}(?: (?:{_PARTICLE} )*{_NAME_WORD}){{1,4}}"
_ROLE = (
    r"(?:[Mm]inister|[Pp]resident|[Pp]remier|[Ss]ecretary|[Aa]mbassador|[Cc]hancellor|[Cc]hief|[Dd]irector|[Gg]eneral|[Cc]ommissioner|[Gg]overnor|[Ss]enator|[Ss]pokes(?:man|woman|person)"
    r"|[Cc]hair(?:man|woman|person)?|[Pp]rofessor|[Cc]ommander|[Aa]dmiral|[Cc]ommodore|[Rr]epresentative|[Cc]ounsellor|[Aa]dvis[eo]r|[Ee]nvoy|[Ee]xecutive|[Aa]nalyst|[Rr]esearcher|[Ee]conomist"
    r"|[Ff]ellow|[Ll]awmaker|[Ll]eader|[Mm]ayor|[Ss]peaker|CEO|[Oo]fficer|[Ss]cientist|[Ee]xpert|[Dd]iplomat|[Cc]olonel|[Cc]aptain|[Hh]ead|[Dd]eputy|[Oo]fficial|[Mm]anager|[Cc]onsultant"
    r"|[Ll]awyer|[Ss]trategist|[Hh]istorian|[Ee]ngineer|[Ff]ounder|[Oo]wner|King|Queen|Prince|Princess|Pope)"
)
_HONORIFIC = re.compile(r"^(?:Mr|Ms|Mrs|Dr|Sir|Prof|Gen|Adm|Col|Sen|Rep|Gov|Lt)\.? ")
_TITLED = re.compile(
    rf"(?:^|[,;:] )(?P<role>(?:[\w&'’,.-]+ )*?{_ROLE}(?: (?:to|of|for) [\w ]+?)?) (?P<name>{_NAME})"
)
_APPOSED = re.compile(
    rf"(?P<name>{_NAME}),? (?:\([^)]*\) ?)?, (?P<role>(?:the |an? |[A-Z])[^,;.]*?\b{_ROLE}\b[^,;.]*)"
)
_FULL = re.compile(rf"^{_NAME}$")
_SURNAME = re.compile(rf"^{_CAPITAL}[\w'’-]+$")
# "the harbour master, Kim Nord", whatever the office
_DESCRIBED = re.compile(
    rf"^(?P<role>(?:[Tt]he|[Ii]ts|[Hh]er|[Hh]is|[Tt]heir|[Oo]ur) [a-z][\w'’ -]{{2,60}}), (?P<name>{_NAME})$"
)
# "Its first chair, Dewi Santoso"
_OFFICE_FIRST = re.compile(
    rf"(?:^|(?<=[.;:] ))(?P<role>(?:[\w&'’.-]+ ){{0,8}}?{_ROLE}(?: (?:to|of|for|at|in) [\w'’&-]+(?: [\w'’&-]+){{0,5}}?)?), (?P<name>{_NAME})(?=$|,| {_HELPING}{_VERB}\b)"
)
_LISTED = re.compile(
    rf"(?<![\w-])(?P<role>(?:[A-Z][\w&'’-]*,? |(?:and|of|for|foreign|policy|prime|defen[cs]e|trade|former|acting|deputy|vice|chief|the|top) ){{0,8}}{_ROLE}(?: (?:to|of|for) (?:the )?[A-Z]\w+)?) (?P<name>{_NAME})"
)
_ANONYMOUS = re.compile(
    r"\b(?:official|officials|source|sources|diplomats?|person|people|executives?|attendees?|participants?|analysts?|experts?|observers?|insiders?|aides?|advis[eo]rs?|officers?|lawmakers?"
    r"|negotiators?|engineers?|researchers?|residents?|traders?|bureaucrats?|spokes(?:man|woman|person|people)|ministers?|representatives?|members?|managers?|delegates?|scientists?|economists?|lawyers?|captain|veterans?|students?|workers?|businessmen|businessman|scholars?|employees?|figures?|one|others|another|some|many|several)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"^(?:the |both |its |their |a )?(?:[\w’'&.-]+ ){0,8}(?:ministry|government|department|office|agency|commission|council|company|statement|report|paper|document|embassy|bank|institute|group|union|house|sides|leaders|ministers"
    r"|countries|nations|parties|committee|court|party|army|military|kremlin|pentagon|communique|communiqué|declaration|editorial|newspaper|association|federation|authority|administration|bureau|centre|center|university|foundation)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:he|she)$", re.IGNORECASE)
_OFFICE = re.compile(r"^the (?P<office>minister|president|official|ambassador|spokes\w+|professor|analyst|chief|premier|prime minister|chancellor|secretary|leader|executive|governor|senator|diplomat)$", re.IGNORECASE)  # fmt: skip
# A name whose bearer has no known office; after these words it is that of a place or body.
_BARE = re.compile(
    rf"(?<![\w.’'-])(?<!\b[Tt]he )(?<!\b(?:in|of|at|to|on|or) )(?<!\b[Ff]rom )(?<!\bnear )(?P<name>{_NAME})"
)
_HE_OR_SHE = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_WOMAN = re.compile(r"woman\b|\b(?:Queen|Princess)\b")
_MAN = re.compile(r"(?<!wo)man\b|\b(?:King|Prince)\b")
_HEARD = 1200
_INDEFINITE = re.compile(r"^(?:an?|one|another|some|several|two|three|four|many|other|\d+|sources?|officials|people|diplomats|analysts|experts|senior|government|top)\b", re.IGNORECASE)  # fmt: skip
_ARTICLES = frozenset(
    {"A", "An", "The", "One", "Some", "Several", "Both", "Two", "Three", "Another", "Officials", "Sources"}
)
_NO_SUBJECT = re.compile(r"^(?:it|that|this|which|who|what|there|they|we|i|you|and|but)$", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bSen|\bRep|\bGov|\bGen|\bAdm|\bCol|\bMrs)(?<!\bProf|\bCapt)[.!?](?=\s+[A-Z“\"'(]|\s*$)"
)
_MOST = 160

_INVERTED = re.compile(
    rf"^,?\s*(?P<verb>(?!told|called|hailed|described){_VERB})\s(?!that\b|it\b|to\b|the following)(?P<who>.+)$",
    re.DOTALL,
)
_ACCORDING = re.compile(r"^,?\s*(?:according to|in the words of)\s(?P<who>.+)$", re.DOTALL | re.IGNORECASE)
_STRAIGHT = re.compile(rf"^,?\s*(?P<who>[^“”]{{1,{_MOST}}}?),?\s{_HELPING}{_VERB}\b", re.DOTALL)
_LEADING = re.compile(rf"^(?P<who>.{{1,{_MOST}}}?),?\s{_HELPING}{_VERB}\b[^.!?]*$", re.DOTALL)
_LEADING_ACCORDING = re.compile(
    r"^(?:according to|in the words of)\s(?P<who>[^,]+(?:, [^,]+)?),\s*", re.IGNORECASE
)
_SPEAKING = re.compile(
    rf"\b(?:(?P<name>{_CAPITAL}[\w'’-]+)|(?P<somebody>An? [\w'’ -]{{3,100}}?)),?(?: who [^,.]+,)? {_HELPING}{_VERB}\b"
)
_AS_PUT = re.compile(
    r"^(?:But |And |Yet |Still, |However, |Meanwhile, |Additionally, |In [\w ]+, |On [\w ]+, |At [\w ]+, |As )+"
)


_WORD = re.compile(r"\w(?:[\w'’-]*?\w)?(?=['’]s\b|[^\w'’-]|['’-](?!\w)|$)")
_ROLE_WORD = re.compile(_ROLE)
_SPOKE = re.compile(rf"\b{_VERB}\b")


class People:
    """Who has been named in the article so far, and who spoke last."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._last: Attribution | None = None
        self._age = 0
        self.heard = ""

    def turn(self) -> None:
        """Begin the next paragraph."""
        self._age += 1
        self.heard = f"{self.heard[-_HEARD:]}\n"

    def hear(self, text: str) -> None:
        """Note the persons whom ``text`` introduces with their roles, and who speaks in it last."""
        self.heard += text
        for match in _introduced(text):
            name = match["name"]
            full = f"{name}, {_tidy(match['role'])}"
            if self._known.setdefault(_surname(name), full) == full:
                self.note((full, True, ""))
        for match in _SPEAKING.finditer(text):
            known = self._known.get(match["name"] or "")
            if known is not None:
                self.note((known, True, ""))
            elif match["somebody"] and (who := _unnamed(_until_stop(match["somebody"]))):
                self.note((*who, ""))

    def note(self, said: Attribution) -> None:
        """Note who spoke last, which a pronoun may stand for."""
        self._last = said
        self._age = 0
        if said[1]:
            self._known.setdefault(_surname(said[0].partition(",")[0]), said[0])

    def full(self, name: str) -> str:
        """Return the name with the role that the article gave it before."""
        known = self._known.get(_surname(name), "")
        return known if known.partition(",")[0].endswith(name) else name

    def recent(self) -> tuple[str, bool] | None:
        """Return whoever spoke or was introduced last, in this paragraph or the one before, and whether by name."""
        return self._last[:2] if self._last is not None and self._age <= 1 else None

    def holder(self, office: str) -> tuple[str, bool] | None:
        """Return whom "the minister" stands for: the last person, if that office is theirs, or its only holder."""
        last = self.recent()
        if last is not None and office in last[0].lower():
            return last
        holders = {full for full in self._known.values() if office in full.partition(",")[2].lower()}
        return (holders.pop(), True) if len(holders) == 1 else None

    def pronoun(self, word: str) -> tuple[str, bool] | None:
        """Return whom "he" or "she" stands for, where the sentence begun and the one before leave one choice.

        Across the border of a paragraph it must be somebody who spoke, unless the article has named nobody else.
        """
        former, here = _window(self.heard)
        window = former + here
        other = _MAN if word.lower() == "she" else _WOMAN
        choices = {full: None for full in self._named_in(window) if not other.search(full)}
        if not choices and _HE_OR_SHE.search(window) and (last := self.recent()):
            return last
        safe = len(choices) == 1 and (not former or _SPOKE.search(former) or len(self._known) == 1)
        if not safe:
            self._last = None  # so that the next "she" is not resolved to somebody else
        return (next(iter(choices)), True) if safe else None

    def _named_in(self, window: str) -> Iterator[str]:
        """Yield the persons named in a text, with their roles where the article gave them."""
        for match in _BARE.finditer(window):
            words = match["name"].split(" ")
            known = self._known.get(words[-1])
            if known is not None or not _ROLE_WORD.search(match["name"]):
                yield known or match["name"]
        for word in _WORD.findall(window):
            if word in self._known:
                yield self._known[word]


def attribute(head: str, tail: str, people: People) -> Attribution | None:
    """Tell who speaks a quotation, from the text before it (from the last quotation on) and after it."""
    found = _from_tail(tail, people) or _from_head(head, people)
    if found is not None:
        people.note(found)
    return found


def _from_tail(tail: str, people: People) -> Attribution | None:
    end = _SENTENCE.search(tail)
    sentence = tail[: end.start()] if end else tail
    for pattern in (_ACCORDING, _INVERTED, _STRAIGHT):
        match = pattern.match(sentence)
        if match and (who := _who(match["who"], people)):
            return *who, match[0].strip(" ,")
    return None


def _from_head(head: str, people: People) -> Attribution | None:
    ends = [m.end() for m in _SENTENCE.finditer(head) if head[m.end() :].strip()]
    sentence = head[ends[-1] if ends else 0 :].strip(" ”\"'’")
    for pattern in (_LEADING_ACCORDING, _LEADING):
        opening = _AS_PUT.match(sentence) if pattern is _LEADING else None
        match = pattern.match(sentence[opening.end() if opening else 0 :])
        if match and (who := _who(match["who"], people)):
            return *who, match[0].strip(" ,:")
    return None


def _window(heard: str) -> tuple[str, str]:
    """Return the sentence begun at the end with the last one before it; that one apart if of another paragraph."""
    former, _, here = heard.rpartition("\n")
    sentences = _sentences(here)
    wanted = 1 if not sentences or sentences[-1].rstrip().endswith((".", "!", "?")) else 2
    if len(sentences) >= wanted:
        return "", "".join(sentences[-wanted:])
    return "".join(_sentences(former.rpartition("\n")[2])[-1:]), "".join(sentences)


def _sentences(text: str) -> list[str]:
    ends = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(ends) if re.search(r"\w", text[a:b])]


def _surname(name: str) -> str:
    return name.rpartition(" ")[2]


def _introduced(paragraph: str) -> Iterable[re.Match[str]]:
    yield from _LISTED.finditer(paragraph)
    yield from _APPOSED.finditer(paragraph)
    yield from _OFFICE_FIRST.finditer(paragraph)


def _who(phrase: str, people: People) -> tuple[str, bool] | None:
    """Return the speaker that a noun phrase names, and whether by name; None where it names none."""
    phrase = _until_stop(" ".join(phrase.split()).strip(" ,:"))
    if not phrase or _NO_SUBJECT.match(phrase):
        return None
    if _PRONOUN.match(phrase):
        return people.pronoun(phrase)
    if office := _OFFICE.match(phrase):
        return people.holder(office["office"].lower())
    bare = _HONORIFIC.sub("", phrase)
    return _named(bare, people) or _unnamed(phrase)


def _until_stop(phrase: str) -> str:
    stop = _STOP.search(phrase)
    return (phrase[: stop.start()] if stop else phrase).strip(" ,")


def _named(phrase: str, people: People) -> tuple[str, bool] | None:
    if _SURNAME.match(phrase) and (full := people.full(phrase)) != phrase:
        return full, True
    for pattern in (_OFFICE_FIRST, _DESCRIBED, _TITLED, _LISTED, _APPOSED):
        match = pattern.search(phrase)
        if match and not _INDEFINITE.match(phrase[: match.start("name")].lstrip()):
            return f"{_HONORIFIC.sub('', match['name'])}, {_tidy(match['role'])}", True
    if _FULL.match(phrase) and not _INSTITUTION.match(phrase):
        return people.full(phrase), True
    first, comma, rest = phrase.partition(", ")
    if comma and _FULL.match(first):
        return f"{first}, {_tidy(rest)}", True
    return None


def _unnamed(phrase: str) -> tuple[str, bool] | None:
    article, _, _ = phrase.partition(" ")
    first = phrase[0].lower() + phrase[1:] if article in _ARTICLES else phrase
    if _INDEFINITE.match(phrase) or (_ANONYMOUS.search(phrase) and not _INSTITUTION.match(phrase)):
        return (f"{first} (unnamed)", False) if _ANONYMOUS.search(phrase) else None
    if _INSTITUTION.match(phrase) or _SURNAME.match(phrase):
        return first, True
    return None


def _tidy(role: str) -> str:
    return re.sub(r"^(?:the|an?|its|his|her|their|our) ", "", role.strip(" ,"), flags=re.IGNORECASE)
