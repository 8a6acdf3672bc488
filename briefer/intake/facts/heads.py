"""What stands above an article: its title, when and where it was published, who wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefer.domain.dates import UNDATED, Dating
from briefer.domain.sources import SegmentKind
from briefer.intake.facts.dating import Written, find_dates, find_relative
from briefer.intake.pasted.lines import Judged, Line, words_of
from briefer.intake.pasted.words import bare, names, organisations

_TITLE_LONGEST = 260
_DATELINE_LONGEST = 110
_AROUND_DATE = re.compile(
    r"\b(?:published|posted|updated|last updated|modified|created|date|first published|on|at|mon|tue|wed|thu|fri|sat"
    r"|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|min read|minute read|minutes? read"
    r"|time|by|new|jst|gmt|utc|est|edt|pst|pdt|veröffentlicht|aktualisiert|stand|publié|mis à jour|le|publicado|actualizado"
    r"|pubblicato|aggiornato|julkaistu|päivitetty|publicerad|uppdaterad|opublikowano|gepubliceerd|uur|am|um|kl)\b"
    r"|公開|更新|配信|掲載|日時|付|発表|日付|午前|午後|[月火水木金土日]曜日?|\d{1,2}[:.時]\d{2}分?|[\W\d_]",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:first )?(?:published|posted|veröffentlicht|publié|publicado|pubblicato|julkaistu|publicerad|opublikowano|gepubliceerd)\b|公開|配信|掲載",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato|päivitetty|uppdaterad)\b|更新",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Ý][\w’'.-]*(?:\s+(?:de|van|von|der|den|la|le|di|bin|al|[A-ZÀ-Ý][\w’'.-]*)){0,4}"
_BYLINE = re.compile(
    rf"^(?:by|written by|von|par|por|di|door|av|text:?)\s*:?\s+(?P<names>{_NAME}(?:(?:,\s+|\s+(?:and|und|et|y|e|en|och|&)\s+){_NAME}){{0,4}})"
    r"(?P<rest>.{0,60})$",
    re.IGNORECASE,
)
_JAPANESE_BYLINE = re.compile(
    r"^(?:文|執筆|著者|筆者|取材)[・：:／/]\s?(?P<names>[^\s、。]{2,12}(?:[\s　][^\s、。]{1,8})?)$"
    r"|^(?:[^\s、。]{0,6}記者|論説委員|編集委員|特派員)[\s　：:]+(?P<reporter>[^\s、。]{2,8}(?:[\s　][^\s、。]{1,6})?)$|^【(?P<two>[^【】\s]{2,8})】$"
)
_PERSON = re.compile(
    r"^[A-ZÀ-ÝŁŚŻ][a-zà-ÿąćęłńśźżčřšžğı’'-]+(?:\s(?:[A-Z]\.|de|van|von|der|den|di|da|al|bin|[A-ZÀ-Ý][a-zà-ÿ’'-]+)){0,2}"
    r"\s[A-ZÀ-ÝŁŚŻ][\wà-ÿ’'-]*[a-zà-ÿąćęłńśźżčřšžğı]$"
)
_JAPANESE_PERSON = re.compile(r"^[一-鿿々]{1,4}[ \u3000][一-鿿々ぁ-んァ-ヶー]{1,5}$")
_NO_PERSON = re.compile(
    r"\b(?:world|news|politics|political|business|opinion|sports?|home|page|front|breaking|latest|live|top|press|release|policy"
    r"|paper|brief|report|analysis|editorial|comment(?:ary)?|economy|science|health|culture|national|international|local"
    r"|asia|europe|africa|america|pacific|east|west|north|south|new|middle|hong|united|sri|costa|san|los|las|white|prime"
    r"|european|supreme|daily|weekly|morning|evening|sunday|special|feature|read|more|about|contact|sign|log|terms|working"
    r"|draft|notes?|minutes|meeting|summary|introduction|background|memo|agenda|dear|speech|remarks|joint|statement)\b"
    r"|国際|政治|経済|社会|文化|地域|科学|写真|動画|特集|連載|速報|記事|会員|検索|日本|世界|全国|総合|社説|解説|時事|報道"
    r"|新聞|通信|政府|外交|安保|安全|防衛|首相|大臣|会議|資料|声明|演説|市場|東京|大阪",
    re.IGNORECASE,
)
_NAME_LONGEST = 40
_NAME_CONTEXT = 60
_PLACE = re.compile(r"^[A-ZÀ-Ý][\w’'.-]+(?:[ ,|]+[A-ZÀ-Ý][\w’'.-]+){0,3}$")
_BY_WHOM = re.compile(r"\b(?i:published|posted)\b.{0,60}?\bby\s+(?P<name>[A-Z].{2,60})$")
_SPLIT = re.compile(r",\s+|\s+(?:and|und|et|y|och|&)\s+", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"^(?:(?:©|\(c\)|copyright)[\s:]*)+(?:\d{4}(?:\s?[-–]\s?\d{4})?[\s,:]*)?(?:(?:by|the copyright of)\s+)?(?P<name>[^|.,©·]{2,60}?)"
    r"(?:\s*[\d–-]{4,9})?\s*(?:[|.,·©]|\ball rights|$)",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"^(?:source|publisher|published by|出典|発行|発行元|出版社|quelle|herausgeber|fuente|fonte|källa|lähde)\s?[:：]\s?(?P<name>[^|:]{2,80})$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Head:
    """What the head of a text tells."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Dating = UNDATED
    aggregated: bool = False
    report: bool = False
    press: bool = False


def title_like(item: Judged) -> bool:
    """Whether the line could be a title."""
    line = item.line
    if (
        item.junk
        or line.only_marks
        or line.lower_start
        or not 15 <= line.weight <= _TITLE_LONGEST
        or dated_line(line)
        or byline(line)
    ):
        return False
    if line.text.endswith((".", "。", "|", ":", "：")) and not line.text.endswith(("...", "U.S.")):
        return False
    return len(line.text.split()) >= 3 or line.weight > 2 * len(line.text) * 0.7


def dated_line(line: Line) -> Written | None:
    """Return the date of a line that says when something was published, and little else."""
    if line.weight > _DATELINE_LONGEST or line.text.endswith("。"):
        return None
    found = find_dates(line.text)
    if not found:
        return None
    rest = line.text
    for item in reversed(found):
        rest = rest[: item.start] + " " + rest[item.end :]
    rest = _AROUND_DATE.sub("", rest)
    best = next((f for f in found if f.dating.value), found[0])
    return best if len(rest) <= max(24, (best.end - best.start) * 1.6) else None


def byline(line: Line) -> tuple[str, ...]:
    """Return the names that a byline gives, or nothing when the line is none."""
    if line.weight > 140:
        return ()
    match = _JAPANESE_BYLINE.match(line.text)
    if match:
        return (match["names"] or match["reporter"] or match["two"],)
    match = _BYLINE.match(line.text)
    if not match or not match["names"][0].isupper():
        return ()
    rest = match["rest"].strip(" ,|-–·•")
    if line.ended and len(line.text.split()) > 7:
        return ()
    if rest and not (_is_role(rest) or find_dates(rest) or rest.startswith(("@", "(")) or _PLACE.match(rest)):
        return ()
    found = [name for n in _SPLIT.split(match["names"]) if (name := _without_role(n))]
    whole = [name for name in found if " " in name]
    # "By First Last, Place": what is one word beside whole names is where it was written.
    return tuple(whole or found)


def _two_names(line: Line) -> tuple[str, ...]:
    """Return the names of a line that holds two or more persons' names and nothing else."""
    parts = re.split(r",?\s+and\s+|,\s+", line.text) if " and " in line.text and line.weight < 120 else []
    full = all(re.fullmatch(rf"{_NAME}", p) and 2 <= len(p.split()) <= 4 for p in parts)
    return tuple(parts) if len(parts) > 1 and full and not organisation(line) else ()


def _lone_name(lines: Sequence[Judged], i: int) -> tuple[str, ...]:
    """Return the name of a person that stands alone on the first line of a text, or on that below its title.

    Only where nothing else speaks for another meaning: none of its words is one of the title, or written small.
    """
    item = lines[i]
    line = item.line
    if line.tag or line.weight > _NAME_LONGEST or (i and lines[i - 1].kind is not SegmentKind.TITLE):
        return ()
    if not (_PERSON.match(line.text) or _JAPANESE_PERSON.match(line.text)):
        return ()
    if item.junk or organisation(line) or _is_role(line.text) or _NO_PERSON.search(line.text):
        return ()
    own = line.text.split()
    rest = [other.line.text for j, other in enumerate(lines[: i + _NAME_CONTEXT]) if j != i]
    if not rest or any(
        re.search(rf"(?<!\w){re.escape(word.casefold())}", text) for word in own for text in rest
    ):
        return ()
    titled = any(line.text in other.line.text for other in lines if other is not item)
    return () if titled else (line.text,)


def _is_role(text: str) -> bool:
    folded = text.casefold()
    return any(r in folded for r in names("roles")) or any(
        o.casefold() in folded for o in names("organisations")
    )


def _without_role(name: str) -> str:
    for role in names("roles"):
        name = re.sub(rf"[\s,]+{re.escape(role)}.*$", "", name, flags=re.IGNORECASE)
    return "" if name.casefold() in names("roles") else name.strip(" ,.")


def choose_title(lines: Sequence[Judged], first: int, last: int) -> int | None:
    """Return the index of the line that is most likely the title of the article ``first`` to ``last``."""
    body = Counter(w for item in lines[first : last + 1] if item.prose for w in words_of(item.line.text))
    repeated = Counter(item.line.plain for item in lines[: last + 1])
    best: tuple[float, int] | None = None
    for i, item in enumerate(lines[: min(first + 4, last + 1)]):
        if not title_like(item) or (item.prose and i >= first):
            continue
        own = words_of(item.line.text)
        shared = sum(1 for w in own if body[w]) / max(len(own), 1)
        score = 3 * shared + min(repeated[item.line.plain] - 1, 1) * 1.5 - min(abs(first - i), 30) / 15
        score += 0.6 if item.line.tag == "h1" or item.line.text.startswith("# ") else 0.0
        score += 0.5 if any(_opens(item, other) for other in lines[:3] if other is not item) else 0.0
        score += min(len(own), 6) / 6
        score -= 1.5 if organisation(item.line) and len(own) <= 5 else 0.0
        score -= 2.0 if item.line.section else 0.0
        if best is None or score > best[0]:
            best = (score, i)
    return best[1] if best else None


def _opens(item: Judged, other: Judged) -> bool:
    # The page's own name for itself is often "title - site".
    return len(item.line.plain) > 20 and other.line.plain.startswith(item.line.plain)


def organisation(line: Line) -> bool:
    """Whether the line is the name of an organisation and nothing else."""
    text = line.text
    if not 4 <= line.weight <= 80 or line.ended or text[:1].islower() or ":" in text:
        return False
    return bool(organisations().search(text))


def read_head(lines: Sequence[Judged], first: int, title: str | None, reference: datetime) -> Head:
    """Label the lines before ``first`` and return what they tell."""
    published: list[tuple[int, Dating]] = []
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    aggregated = False
    for i, item in enumerate(lines[:first]):
        if item.kind is not SegmentKind.FURNITURE or item.why == "title repeated":
            continue
        found = dated_line(item.line)
        relative = None if found else counted_line(item.line, reference)
        if found:
            item.set(SegmentKind.DATELINE)
            published.append((_date_rank(item.line.text, found.dating), found.dating))
            authors = authors or byline(item.line)
        elif relative:
            item.set(SegmentKind.DATELINE)
            published.append((1, relative[1]))
            if relative[0]:
                publisher, aggregated = relative[0], True
        elif named := byline(item.line) or (
            _two_names(item.line) or _lone_name(lines, i) if item.why == "" and not item.junk else ()
        ):
            item.set(SegmentKind.BYLINE)
            authors = authors or named
    best = max(published, key=lambda p: p[0], default=(0, UNDATED))[1]
    return Head(title, authors, publisher or _title_page(lines, first), best, aggregated)


def _date_rank(text: str, dating: Dating) -> int:
    rank = 2 if dating.value else 0
    rank += 1 if len(dating.value or "") == 10 else 0
    return rank + (2 if _PUBLISHED.search(text) else -1 if _UPDATED.search(text) else 0)


def counted_line(line: Line, reference: datetime) -> tuple[str | None, Dating] | None:
    """Read "Name13 hours ago": who published it, and when, told from the time of the capture."""
    if line.weight > 70 or line.ended:
        return None
    found = find_relative(line.text, reference)
    if found is None:
        return None
    below = line.text[found.end :].strip(" \t　.|•·-–—")
    if below and not found.start and organisation(replace(line, text=below)):
        return below, found.dating
    if below:
        return None
    name = line.text[: found.start].strip(" \t|•·-–—,:")
    if name.casefold() in {"", "time", "updated", "published", "posted"}:
        return None, found.dating
    good = name[0].isupper() and len(name.split()) <= 6
    return (
        re.sub(r"\s*(?:published|updated|posted)$", "", name, flags=re.IGNORECASE) if good else None
    ), found.dating


def _title_page(lines: Sequence[Judged], first: int) -> str | None:
    """Return the organisation that a title page names: alone on a line, twice in the head."""
    head = [item for item in lines[:first] if organisation(item.line) and not item.junk]
    counts = Counter(item.line.plain for item in head if item.kind is SegmentKind.FURNITURE)
    for item in head:
        if counts[item.line.plain] > 1 and first <= 40:
            return item.line.text
    return None


def read_foot(lines: Sequence[Judged], head: Head) -> Head:
    """Return ``head`` with what lines below the article state: when and by whom it was published."""
    published, publisher = head.published, head.publisher
    for item in lines:
        if item.kind is SegmentKind.EMBEDDED or item.line.weight > _DATELINE_LONGEST:
            continue
        text = item.line.text
        found = find_dates(text) if _PUBLISHED.search(text) and not item.line.ended else ()
        if found and item.kind in {SegmentKind.FURNITURE, SegmentKind.DATELINE}:
            item.set(SegmentKind.DATELINE)
            published = found[0].dating if published == UNDATED else published
            named = _BY_WHOM.search(text)
            publisher = publisher or (named["name"].strip() if named else None)
    return replace(head, published=published, publisher=publisher)


def stated_publisher(lines: Sequence[Judged]) -> str | None:
    """Return the publisher that a line of the page's furniture states in so many words."""
    for item in lines:
        match = _STATED.match(item.line.text)
        if match and item.line.weight < 110 and not item.body:
            return match["name"].strip()
    for item in reversed(lines[-40:]):
        if item.kind is not SegmentKind.FURNITURE or item.line.weight > 200:
            continue
        match = _COPYRIGHT.match(item.line.text)
        if match and (name := match["name"].strip(" ,-–")) and not name.isdigit():
            return None if bare(name).startswith("all rights") else name
    return None
