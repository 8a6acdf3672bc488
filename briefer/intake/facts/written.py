"""What the text of a document itself tells of it, each fact with how sure its place makes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import How, Known, SegmentKind
from briefer.intake.facts import published
from briefer.intake.facts.claims import Claims, letters, tidy
from briefer.intake.facts.dating import find_dates
from briefer.intake.facts.heads import Head, organisation
from briefer.intake.facts.kinds import claim_kind
from briefer.intake.facts.origins import web_address
from briefer.intake.facts.rights import claim_rights
from briefer.intake.facts.wires import claim_wire
from briefer.intake.language import guess_language
from briefer.intake.pasted.lines import Judged, Line
from briefer.intake.pasted.reading import Read

_EVENT_PARAGRAPHS = 3
_EVENT = re.compile(
    r"\b(?:held|took place|met|attended|gathered|convened|hosted|signed|visited|hold talks|opened|launched|agreed|announced)\b"
    r"|開催|開かれ|行われ|会談|署名|会合"
)
_APP = re.compile(r"\bdownload (?:the )?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2}) app\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[A-ZÀ-Ý][A-ZÀ-Ý .,'’/-]{2,40}[,(]?\s.{0,40}?(?:\([A-Za-z -]{2,20}\)|--|—|–| - )"
    r"|^[\[［【][^\]］】]{2,40}[\]］】]"
)
_ADDRESS = re.compile(
    r"^(?:(?:source|url|link|retrieved from|出典|リンク|quelle)\s?[:：]?\s*)?(?P<url>https?://\S+?)[.,;)]?$",
    re.IGNORECASE,
)
_RETRIEVED = re.compile(
    r"\b(?:retrieved|accessed|abgerufen|consulté|consultado)\b|閲覧|アクセス日", re.IGNORECASE
)
# Also with a Cyrillic letter in the brackets.
_SIGN = re.compile(r"^(?:©|ⓒ|\([cCсС]\))\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?\s*)?")
_NEAR = 3
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAJORITY = 3
_BEGINNING = 12
_SENDER = re.compile(
    r"^(?:from|von|de|från|mittente|lähettäjä|差出人|送信者|発信者)\s*[:：]\s*"
    r"[\"“]?(?P<name>[^\W\d_][^<>\"“”@:：]{1,60}?)[\"”]?\s*[<＜(\[][^<>\s]+@[^<>\s]+[>＞)\]]\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_RELEASE = re.compile(
    r"^(?:press release|news release|media release|for immediate release|press statement|pressemitteilung"
    r"|communiqué de presse|(?:報道|記者)発表(?:資料)?|報道資料|プレスリリース|ニュースリリース)"
    r"(?:\s*[/／|｜:：–—-]\s*(?P<name>\S.{1,80}))?$",
    re.IGNORECASE,
)


def claim_written(claims: Claims, text: str, read: Read, region: str = "") -> None:
    """Claim what a reading of ``text`` found. ``region`` is the country of its language, where that is stated."""
    body = [text[s.span.start : s.span.end] for s in read.reading.body()]
    above = [item for item in read.lines if not item.body and item.kind is not SegmentKind.EMBEDDED]
    _claim_language(claims, body or text.split("\n"))
    _claim_title(claims, read, text)
    _claim_addresses(claims, above, text)
    head = [item.line.plain for item in above if item.why == "head of the page"]
    title = claims.believed("title")
    claim_kind(claims, str(title.value) if title else "", head, text)
    _claim_names(claims, read.head, above, text)
    _claim_dates(claims, read, body, text, region)
    claim_wire(claims, body, [item.line.text for item in above if item.kind is SegmentKind.BYLINE])
    claim_rights(claims, read.lines)


def where(text: str, part: str) -> str:
    """Return the place of ``part`` in a text, by its line."""
    at = text.find(part)
    return f"line {text.count(chr(10), 0, at) + 1}" if at >= 0 and part else "the text"


def _claim_language(claims: Claims, paragraphs: Sequence[str]) -> None:
    text = "\n".join(_of_main_script(paragraphs))
    language, sure = guess_language(text)
    claims.add("language", language, How.INFERRED, sure * min(1.0, 0.6 + len(text) / 500), "the text")


def _of_main_script(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return the paragraphs in the script of most: one sentence in Japanese outweighs short English ones."""
    wide = [p for p in paragraphs if 2 * len(_WIDE.findall(p)) > len(p)]
    if not wide or not any(map(str.strip, paragraphs)):
        return paragraphs
    narrow = [p for p in paragraphs if p.strip() and 2 * len(_WIDE.findall(p)) <= len(p)]
    fewer, more = sorted((wide, narrow), key=len)
    return more if _MAJORITY * len(fewer) <= len(more) else paragraphs


def _claim_title(claims: Claims, read: Read, text: str) -> None:
    title = read.head.title
    if not title:
        return
    spoken = letters(title)
    lines = [i for i, item in enumerate(read.lines) if item.kind is SegmentKind.TITLE]
    repeated = sum(letters(item.line.text).startswith(spoken) for item in read.lines) > 1
    sure = 0.5 + 0.15 * repeated
    if lines:
        below = read.lines[lines[0] + 1 : lines[0] + 1 + _NEAR]
        near = any(item.body or item.kind in {SegmentKind.DATELINE, SegmentKind.BYLINE} for item in below)
        sure += 0.12 * near + 0.08 * (lines[0] < _NEAR) + 0.1 * (read.lines[lines[0]].line.tag == "h1")
    claims.add("title", title, How.WRITTEN, min(sure, 0.95), where(text, title))


def _claim_addresses(claims: Claims, above: Sequence[Judged], text: str) -> None:
    for item in above:
        match = _ADDRESS.match(item.line.text)
        if match and (url := web_address(match["url"])):
            claims.add("url", url, How.WRITTEN, 0.6, where(text, url))
        if _RETRIEVED.search(item.line.text) and item.line.weight < 120:
            days = [w.dating.value for w in find_dates(item.line.text) if w.dating.value]
            claims.add("accessed", days[0] if days else None, How.WRITTEN, 0.7, where(text, item.line.text))


def _claim_names(claims: Claims, head: Head, above: Sequence[Judged], text: str) -> None:
    if head.publisher:
        place, name = where(text, head.publisher), _SIGN.sub("", head.publisher)
        claims.add("publisher", name, How.WRITTEN, 0.75 if head.aggregated else 0.65, place)
    else:
        _claim_releaser(claims, above, text)
    authors = head.authors
    claims.add("authors", authors, How.WRITTEN, 0.75, where(text, authors[0]) if authors else "")
    sender = next((m for item in above[:_BEGINNING] if (m := _SENDER.search(_whole(item, text)))), None)
    if sender:
        claims.add("authors", (sender["name"].strip(),), How.WRITTEN, 0.85, where(text, sender[0]))
    kind = claims.believed("kind")
    if kind and kind.value == ("report", "") and head.publisher:
        # The body that names itself on the title page of its paper is the author of it.
        claims.add("authors", (head.publisher,), How.INFERRED, 0.6, "title page")
    if head.aggregated:
        for match in (m for item in above if (m := _APP.search(item.line.text))):
            if match[1][0].isupper() and match[1].casefold() != "the":
                claims.add("container", match[1], How.INFERRED, 0.7, where(text, match[0]))


def _whole(item: Judged, text: str) -> str:
    """Return a line as it stands in the text, with the breaks that were taken out of it."""
    return text[item.line.start : item.line.end]


def _claim_releaser(claims: Claims, above: Sequence[Judged], text: str) -> None:
    """Claim the organisation that stands beside the words "press release" as its publisher."""
    for i, item in enumerate(above[:_BEGINNING]):
        match = _RELEASE.match(item.line.text)
        if match is None:
            continue
        beside = [match["name"], *(other.line.text for other in (*above[i + 1 : i + 3], *above[:i][-1:]))]
        named = (n for n in beside if n and organisation(Line(0, len(n), n)) and not find_dates(n))
        claims.add("publisher", name := next(named, None), How.WRITTEN, 0.65, where(text, name or ""))
        return


def _claim_dates(claims: Claims, read: Read, body: Sequence[str], text: str, region: str) -> None:
    language, url = (claims.believed(name) for name in ("language", "url"))
    site = str(url.value) if url else ""
    shown = read.head.published
    if not shown.as_written:
        shown = _beside_name(read.lines)
    if shown.as_written:
        shown = published.settled(
            shown, text, language=str(language.value) if language else "", region=region, url=site
        )
        published.claim_written(claims, shown, text, 0.8)
    dateline = _dateline(body)
    claims.add(
        "published", dateline, How.WRITTEN, 0.75 if len(dateline.value or "") == 10 else 0.3, "dateline"
    )
    claims.add("published", published.from_url(site), How.INFERRED, 0.6, "address")
    happened = event_of(body)
    claims.add("event", happened, How.WRITTEN, 0.75, where(text, happened.as_written or ""))


def _beside_name(lines: Sequence[Judged]) -> Dating:
    """Return the date that stands in the line of the author's name."""
    for item in lines:
        if item.kind is SegmentKind.BYLINE:
            for found in find_dates(item.line.text):
                if len(found.dating.value or "") == 10:
                    return found.dating
    return Dating()


def _dateline(body: Sequence[str]) -> Dating:
    """Return the date in a dateline such as "TOKYO, Dec. 17, 2025 (Agency) --"."""
    match = _DATELINE.match(body[0][:120]) if body else None
    found = find_dates(match[0]) if match else ()
    return found[0].dating if found else Dating()


def event_of(body: Sequence[str]) -> Dating:
    """Return the day on which the first paragraphs say that the thing told of happened."""
    for paragraph in body[:_EVENT_PARAGRAPHS]:
        for sentence in re.split(r"(?<=[.!?])\s(?=[A-Z“\"])|(?<=。)", paragraph[:2000])[:4]:
            for found in find_dates(sentence):
                value = found.dating.value
                if value and len(value) == 10 and _tells(sentence, found.start):
                    return Dating(value, found.dating.as_written, Basis.EXPLICIT)
    return Dating()


def _tells(sentence: str, start: int) -> bool:
    before = sentence[:start].rstrip().casefold()
    opens = before == "on" or before.endswith((" on", " am")) or not before
    japanese = bool(re.search(r"[\u3040-\u30ff]", sentence))
    return (opens or japanese) and bool(_EVENT.search(sentence))


def first_words(body: Sequence[str], text: str, longest: int = 90) -> str:
    """Return the beginning of a text that has no title, cut at a word."""
    line = tidy(body[0] if body else text[:1000])
    if len(line) <= longest:
        return line
    short = line[:longest]
    return (short.rsplit(" ", 1)[0] if " " in short[40:] else short) + "…"


def believed(claims: Claims, reference: datetime | None) -> tuple[dict[str, object], dict[str, Known]]:
    """Return the believed value of each field that anything is claimed of, and how it became known.

    ``kind`` holds the CSL type, ``genre`` what the same claim says closer.
    """
    values: dict[str, object] = {}
    known: dict[str, Known] = {}
    for name in claims.made:
        claim = published.believed_date(claims, reference) if name == "published" else claims.believed(name)
        if claim is None:
            continue
        values[name], known[name] = claim.value, claim.known
    kind = values.get("kind")
    if isinstance(kind, tuple):
        values["kind"], values["genre"] = kind
        if kind[1]:
            known["genre"] = known["kind"]
    if (
        "publisher" in values
        and "wire" in values
        and letters(str(values["publisher"])) == letters(str(values["wire"]))
    ):
        # An agency's own page: it is the publisher, and came by no wire.
        del values["wire"], known["wire"]
    return values, known


def inferred_kind(claims: Claims) -> None:
    """Claim a newspaper article of what nothing is known of; surer where a newspaper's marks stand."""
    marks = sum(bool(claims.of(name)) for name in ("authors", "published", "wire", "publisher"))
    claims.add("kind", ("article-newspaper", ""), How.INFERRED, 0.4 + 0.05 * marks, "no sign of another kind")
