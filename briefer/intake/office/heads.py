"""What the head of a letter, memo, release or paper tells, and what its file's properties add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.sources import How, SegmentKind
from briefer.intake.facts.claims import Claims, tidy
from briefer.intake.facts.dating import find_dates, from_metadata
from briefer.intake.facts.heads import Head, byline, choose_title, dated_line, organisation, read_head
from briefer.intake.facts.kinds import claim_kind
from briefer.intake.pasted.lines import Judged, Line, words_of
from briefer.intake.pasted.words import bare

_TOP = 40
_BEGINNING = 200
_NEAR_TITLE = 4
_AROUND_NAME = " \t\u3000,;:|·•-–—()（）、，："
_LABELS = {
    "to": "to|cc|bcc|an|kopie|à|copie|para|a|till|宛先|宛て?|あて先|写し",
    "from": "from|von|de|från|mittente|発信者?|発信元|差出人|送信者",
    "date": "date|sent|gesendet|envoyé|datum|fecha|data|päivämäärä|日付|日時|送信日時|発信日|作成日",
    "subject": "subject|re|betreff|objet|asunto|oggetto|ärende|aihe|件名|題名|標題|表題",
}
_LABEL = re.compile(
    r"^(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + r")"
    r"(?:\s*[:：]\s*|\t+)(?P<value>\S.{0,300})$",
    re.IGNORECASE,
)
_JUNK_TITLE = re.compile(
    r"(?:microsoft (?:office )?word\b.*|word[- ]?document|document ?\d*|doc ?\d+|untitled.*|no title|title|normal"
    r"|powerpoint.*|slide ?\d+|template\b.*|vorlage\b.*|dokument ?\d*|無題.*|文書 ?\d*|新しい.*|タイトル|\[.*\]|<.*>"
    r"|.*\.(?:docx?|docm|dotx?|rtf|odt|ott|wpd|pdf|txt|tmp|html?)|[a-z]:\\.*|[\\/].*|[^\s\u3040-\u9fff]*[_\d][^\s\u3040-\u9fff]*)",
    re.IGNORECASE,
)
_JUNK_NAME = re.compile(
    r"(?:(?:windows |microsoft |ms |office |my |default )*(?:office )?(?:user|owner|author|admin(?:istrator)?|pc|computer)\b.*"
    r"|python-docx|apache.*|docx4j|libre ?office.*|openoffice.*|un-?named|unknown|anonymous|guest|none|microsoft.*"
    r"|作成者|ユーザー.*|管理者|所有者|.*[\d@\\/_].*)",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(
    r"[^\W\d_][\w.’'-]*(?:,? [\w.’'-]+){1,5}|[\u3040-\u30ff\u3400-\u9fff][\u3000-\u9fff ]{1,11}"
)
_EARLIEST = "1990"
# A printed e-mail has the same head as a memo.
_MAIL = re.compile(r"@|^(?:sent|gesendet|envoyé|送信日時)\b", re.IGNORECASE)
_PROPERTIES = "document properties"


@dataclass(frozen=True)
class Properties:
    """What a file states of itself for machines; dates as written there, nothing for what it does not state."""

    title: str = ""
    authors: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""
    language: str = ""
    company: str = ""


@dataclass(frozen=True)
class Top:
    """What the head of the text tells, and what is claimed of the document."""

    head: Head
    claims: Claims


def read_top(judged: Sequence[Judged], properties: Properties, reference: datetime) -> Top:
    """Label the lines above the running text; return what they and the properties tell."""
    claims = Claims()
    end = _end_of_top(judged)
    memo = _memo(judged[:end])
    title = _title(judged, end, properties, memo.get("subject"), claims)
    head = _dates_and_names(judged, end, title, reference)
    head = _with_memo(head, memo, claims)
    publisher, dated = _publisher(judged, end)
    claims.add("publisher", publisher, How.INFERRED, 0.5, "head of the text")
    if head.published == UNDATED:
        head = replace(head, published=dated)
    _claim_properties(claims, properties)
    # Nothing in such a file says that a newspaper printed it.
    claims.add("kind", ("document", ""), How.INFERRED, 0.62, "a word processor's file")
    claim_kind(claims, title or "", (item.line.plain for item in judged[:end]), "")
    return Top(head, claims)


def _claim_properties(claims: Claims, properties: Properties) -> None:
    """Claim what the properties state. Whoever wrote the file need not have written the text."""
    authors = tuple(name for name in properties.authors if _person(name))
    claims.add("authors", authors, How.STATED, 0.5, _PROPERTIES)
    if organisation(Line(0, len(properties.company), properties.company)):
        claims.add("publisher", properties.company, How.INFERRED, 0.4, _PROPERTIES)
    claims.add("published", _changed(properties), How.INFERRED, 0.3, "last change of the file")
    claims.add("language", properties.language.split("-")[0].lower(), How.STATED, 0.4, _PROPERTIES)


def _end_of_top(judged: Sequence[Judged]) -> int:
    """Return how many lines stand above the first running text, but no more than a page's top holds."""
    running = 0
    for i, item in enumerate(judged[: 2 * _TOP]):
        running += item.kind is SegmentKind.FURNITURE
        if item.prose or i - running >= _TOP:
            return i
    return min(len(judged), _TOP)


def _memo(top: Sequence[Judged]) -> dict[str, tuple[Judged, str]]:
    """Return the entries of a memo's head (To, From, Date, Subject), of which there are two or more."""
    found: dict[str, tuple[Judged, str]] = {}
    for item in top:
        match = _LABEL.match(item.line.text)
        if match and match.lastgroup and item.kind is not SegmentKind.FURNITURE:
            name = next(n for n in _LABELS if match[n])
            found.setdefault(name, (item, match["value"].strip()))
    return found if len(found) > 1 else {}


def _title(
    judged: Sequence[Judged],
    end: int,
    properties: Properties,
    subject: tuple[Judged, str] | None,
    claims: Claims,
) -> str | None:
    """Return the title that the text has, whose line is marked; claim it, and the one that the file states."""
    stated = _sound_title(properties.title, judged)
    claims.add("title", stated, How.STATED, 0.6, _PROPERTIES)
    styled = [item for item in judged if item.kind is SegmentKind.TITLE]
    if styled:
        title = " ".join(tidy(item.line.text) for item in styled)
        claims.add("title", title, How.STATED, 0.95, "style Title")
        return title
    shown = next((i for i in range(end) if stated and bare(judged[i].line.text) == bare(stated)), None)
    if subject and shown is None:
        subject[0].set(SegmentKind.TITLE)
        title = tidy(subject[1])
        claims.add("title", title, How.WRITTEN, 0.85, "subject line")
        return title
    heading = _only_heading(judged, end)
    found = next((i for i in (shown, heading, _likely(judged, end)) if i is not None), None)
    if found is None or judged[found].kind is SegmentKind.FURNITURE:
        return None
    judged[found].set(SegmentKind.TITLE)
    title = judged[found].line.text
    if found == heading:
        claims.add("title", title, How.WRITTEN, 0.8, "first heading")
    return title


def _sound_title(title: str, judged: Sequence[Judged]) -> str:
    """Return the title that the properties state, unless it is of the program's or of another text's making."""
    title = " ".join(title.split())
    if len(title) < 3 or _JUNK_TITLE.fullmatch(title):
        return ""
    wanted = words_of(title)
    written = frozenset[str]().union(*(words_of(item.line.text) for item in judged[:_TOP]))
    return title if 2 * len(wanted & written) >= len(wanted) else ""


def _only_heading(judged: Sequence[Judged], end: int) -> int | None:
    """Return the place of a heading above the text, if no other is of its level."""
    above = (i for i in range(end) if judged[i].kind is SegmentKind.HEADING and judged[i].line.tag)
    first = next(above, None)
    if first is None or judged[first].line.section:
        return None
    tag = judged[first].line.tag
    return first if sum(item.line.tag == tag for item in judged) == 1 else None


def _likely(judged: Sequence[Judged], end: int) -> int | None:
    # The first pages tell what the text is about as well as all of them.
    beginning = judged[: end + _BEGINNING]
    index = choose_title(beginning, end, len(beginning) - 1)
    if index is None or index >= end or judged[index].line.tag in {"tr", "li"}:
        return None
    return index if judged[index].body else None


def _dates_and_names(judged: Sequence[Judged], end: int, title: str | None, reference: datetime) -> Head:
    """Label the dates and names in the head; whatever is none of these stays what it was."""
    title_at = max((i for i in range(end) if judged[i].kind is SegmentKind.TITLE), default=-1)
    end = max(end, _below_title(judged, title_at))
    was = [(item, item.kind, item.why) for item in judged[:end]]
    for i, (item, kind, _) in enumerate(was):
        if kind is SegmentKind.PARAGRAPH:
            # Two names without "by" are taken for a byline only where bylines stand.
            item.set(SegmentKind.FURNITURE, "" if i == title_at + 1 else "head of the page")
    head = read_head([item for item, kind, _ in was if kind is SegmentKind.PARAGRAPH], end, title, reference)
    for item, kind, why in was:
        if kind is SegmentKind.PARAGRAPH and item.kind is SegmentKind.FURNITURE:
            item.set(kind, why)
    return head


def _below_title(judged: Sequence[Judged], title_at: int) -> int:
    """Return the place below the dates and names that follow the title."""
    end = title_at + 1
    for i in range(end, min(end + _NEAR_TITLE, len(judged))):
        if dated_line(judged[i].line) or byline(judged[i].line):
            end = i + 1
    return end


def _with_memo(head: Head, memo: dict[str, tuple[Judged, str]], claims: Claims) -> Head:
    if memo and not any(_MAIL.search(item.line.text) for item, _ in memo.values()):
        claims.add("kind", ("document", "Memorandum"), How.WRITTEN, 0.9, "head of the text")
    for name, (item, value) in memo.items():
        if item.kind is SegmentKind.TITLE:
            continue
        if name == "date" and (found := find_dates(value)):
            item.set(SegmentKind.DATELINE)
            head = replace(head, published=found[0].dating)
        elif name in {"to", "from"}:
            item.set(SegmentKind.BYLINE, "head of the memo")
        if name == "from":
            authors = (re.split(r"[,(<、（\t]", value)[0].strip() or value,)
            head = replace(head, authors=authors)
            claims.add("authors", authors, How.WRITTEN, 0.85, "line From")
    return head


def _publisher(judged: Sequence[Judged], end: int) -> tuple[str | None, Dating]:
    """Return the organisation that stands on a line of the letterhead or just below the title.

    A date may follow it in the line ("Institute for Trade, 17 February 2025"), and is returned beside it.
    """
    title_at = max((i for i in range(end) if judged[i].kind is SegmentKind.TITLE), default=end)
    for item in judged[: min(end, title_at + _NEAR_TITLE)]:
        told = item.kind is SegmentKind.TITLE or item.why == "table of contents" or "\t" in item.line.text
        if told:
            continue
        name, dating = _parted(item.line.text)
        if name and organisation(Line(0, len(name), name)):
            return name, dating
    return None, UNDATED


def _parted(text: str) -> tuple[str, Dating]:
    """Return what a line names and the date at its beginning or end."""
    for found in find_dates(text):
        before, after = (part.strip(_AROUND_NAME) for part in (text[: found.start], text[found.end :]))
        if not (before and after):
            return before or after, found.dating
    return text, UNDATED


def _person(name: str) -> bool:
    return bool(_FULL_NAME.fullmatch(name)) and not _JUNK_NAME.fullmatch(name)


def _changed(properties: Properties) -> Dating:
    """Return the day on which the file was last saved: the text was hardly published before."""
    for written in (properties.modified, properties.created):
        found = from_metadata(written)
        if found.value and found.value >= _EARLIEST:
            return Dating(found.value, found.as_written, Basis.INFERRED)
    return UNDATED
