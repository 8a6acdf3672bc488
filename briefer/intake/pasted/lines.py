"""The lines of a captured text, and what can be told of each line by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.domain.sources import SegmentKind
from briefer.intake.pasted.words import bare, furniture

_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60]")
# An agency's mark or the number of a note may follow the full stop.
_END = re.compile(
    r"[.!?…。！？]['\"”’»」』）)\]]*(?:\s?\[\d+\])?(?:\s?[（(［\[【〔][^\s（()）\[\]［］【】〔〕]{2,20}[)）\]］】〕])?$"
)
_BULLET = re.compile(r"^(?:[•‣◦●○■□▪▶▸・*]|[-–—]\s|\(?\d{1,3}[.)]\s|[①-⑳]|[（(]\d{1,3}[)）])\s*")
_ONLY_MARKS = re.compile(r"^[\W_]+$")
_LOWER = re.compile(r"^[a-zà-öø-ÿąćęłńśźżčřšžğı]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKDOWN = re.compile(r"^#{1,6}\s+")
_CREDIT = re.compile(
    r"^\(?(?:(?:photo|picture|image|credit|illustration|foto|bild|kuva|crédit|写真|画像)\b.*|©.*|.*/\s?"
    r"(?:AP|AFP|Reuters|REUTERS|Getty.*|Kyodo|EPA|Bloomberg|Shutterstock|AFP-JIJI|via AP)|(?:AP|AFP|REUTERS|Reuters|AFP-JIJI|KYODO|BLOOMBERG|Getty Images|Pool)|.*[=＝](?:共同|時事|ロイター|AP|AFP)|.*[=＝].{0,20}[（(](?:共同|時事|ロイター|AP|AFP)(?:通信)?[)）])\)?$"
)
_SECTION = re.compile(
    r"^(?:第\s?[\d一二三四五六七八九十]+[\s　章節部]|(?:part|chapter|section)\s+\w+\b|[IVX]+\.\s|[（(]?\d{1,2}[.)）]?\s?(?=[^\d\s.,:%年月日時分]))",
    re.IGNORECASE,
)
_KNOWN_HEADINGS = re.compile(
    r"^(?:\d+[.)]?\s*)?(?:introduction|(?:executive )?summary|background|overview|abstract|key points|preface|foreword|conclusions?|recommendations?"
    r"|はじめに|おわりに|要旨|概要|背景|要点|序論|結論|提言|einleitung|zusammenfassung|fazit|résumé|resumen|introducción|conclusión)$"
)
_PAGE = re.compile(
    r"^(?:[-–—]\s?)?\d{1,4}(?:\s?[-–—])?$|(?:^|\s{3,})(?:page|p\.|seite|ページ)\s?\d{1,4}(?:\s?(?:of|/|von)\s?\d{1,4})?$|\s{5,}\d{1,4}$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"^[A-ZÀ-Ý][A-ZÀ-Ý.'’-]+(?:\s[A-ZÀ-Ý.'’-]+){1,3}$")
_PARENTHESIS = re.compile(r"^\([^()]{3,80}\)$")
_STROKES = re.compile(r"\s*[|｜]\s*|\s[·•]\s|\u3000+|\s{3,}")

PROSE = 70
LONG = 170


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line (or, of HTML, a block): its trimmed place in the text, and what is known of it.

    ``gap`` counts the blank lines before it. ``tag`` is the HTML element that it comes from, ``region`` the
    part of the page (``nav``, ``footer`` …), ``linked`` the share of its characters that are links.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    tag: str = ""
    region: str = ""
    linked: float = 0.0

    @property
    def weight(self) -> int:
        """Return the length, in which a Chinese, Japanese or Korean character counts twice."""
        return len(self.text) if self.text.isascii() else len(self.text) + len(_WIDE.findall(self.text))

    @property
    def ended(self) -> bool:
        """Whether the line closes with a full stop or the like."""
        return bool(_END.search(self.text))

    @property
    def bullet(self) -> bool:
        """Whether it is an item of a list."""
        return self.tag == "li" or bool(_BULLET.match(self.text))

    @property
    def only_marks(self) -> bool:
        """Whether there is no letter and no digit in it."""
        return bool(_ONLY_MARKS.match(self.text))

    @property
    def lower_start(self) -> bool:
        """Whether it begins with a small letter."""
        return bool(_LOWER.match(self.text))

    @property
    def plain(self) -> str:
        """Return the text as it is compared with other lines."""
        return bare(_MARKDOWN.sub("", self.text) if self.text[0] == "#" else self.text)

    @property
    def section(self) -> bool:
        """Whether it is a heading by its number or by its words (Introduction, 第1 …)."""
        if self.weight > 170 or self.ended:
            return False
        return bool(_SECTION.match(self.text) or self.known_heading)

    @property
    def known_heading(self) -> bool:
        """Whether it is one of the headings that papers begin and end with."""
        return self.weight < 50 and bool(_KNOWN_HEADINGS.match(self.plain))

    @property
    def credit(self) -> bool:
        """Whether it names the maker of a picture and nothing else."""
        if self.weight > 100:
            return False
        text = self.text
        return bool(_CREDIT.match(text) or _CAPITALS.match(text) or _PARENTHESIS.match(text))


@dataclass(slots=True)
class Judged:
    """A line with the judgement over it, which grows while the stages of the reading pass."""

    line: Line
    prose: bool
    junk: str
    kind: SegmentKind = SegmentKind.FURNITURE
    why: str = ""
    doubt: str = ""
    glued: bool = False
    kept: bool | None = None

    def set(self, kind: SegmentKind, why: str = "") -> None:
        """Judge the line."""
        self.kind, self.why = kind, why

    @property
    def body(self) -> bool:
        """Whether it is judged to be part of the article."""
        return self.kind in {SegmentKind.PARAGRAPH, SegmentKind.HEADING}


def split(text: str) -> Iterator[Line]:
    """Yield the non-blank lines of a text."""
    start = gap = 0
    for raw in text.split("\n"):
        trimmed = raw.strip()
        if trimmed:
            begin = start + len(raw) - len(raw.lstrip())
            yield Line(begin, begin + len(trimmed), trimmed, gap)
            gap = 0
        else:
            gap += 1
        start += len(raw) + 1


def judge(line: Line) -> Judged:
    """Return the line with what its words alone tell."""
    junk = furniture().why(line.text) or furniture().stop_heading(line.text) or _row(line)
    if not junk and line.weight < 120 and _PAGE.search(line.text):
        junk = "page number"
    return Judged(line, prose=not junk and is_prose(line), junk=junk)


def _row(line: Line) -> str:
    """Return "menu" for a row of short entries with strokes between them."""
    pieces = _STROKES.split(line.text) if line.weight < 300 else []
    short = all(len(p) <= 24 for p in pieces)
    return (
        "menu" if len(pieces) >= 4 and short and not line.ended and not re.search(r"\d{4}", line.text) else ""
    )


def is_prose(line: Line) -> bool:
    """Whether the line reads like a sentence or more of running text."""
    weight = line.weight
    if line.linked > 0.7 and weight < 400:
        return False
    if line.ended:
        return weight >= PROSE or (weight >= PROSE // 2 and _small_words(line.text) >= 0.35)
    return weight >= LONG and _small_words(line.text) >= 0.5


def _small_words(text: str) -> float:
    """Return the share of words that begin with a small letter; of Japanese, all count as such."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    return sum(not w[0].isupper() and not w[0].isdigit() for w in words) / len(words)


def words_of(text: str) -> frozenset[str]:
    """Return the stems (first six letters) of the words that carry meaning; of Japanese, pairs of characters."""
    stems = {w.casefold()[:6] for w in _WORD.findall(text) if len(w) > 3 and not _WIDE.search(w)}
    wide = "".join(_WIDE.findall(text))
    pairs = {wide[i : i + 2] for i in range(len(wide) - 1)}
    return frozenset(stems | {p for p in pairs if not re.search(r"[\u3040-\u309f\u3000-\u3020]", p)})
