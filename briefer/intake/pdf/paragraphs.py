"""Lines into paragraphs: by gaps, indents, ends of lines, sizes and fonts; across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from briefer.domain.sources import SegmentKind
from briefer.intake.pdf.flows import LABEL, PageFlow, Stretch, labelled
from briefer.intake.pdf.lines import PageLine, is_cjk

_ENDED = re.compile(r"[.!?…。．！？:：;][\"'”’»」』）)\]]*\d{0,3}$")
_BULLET = re.compile(
    r"^(?:[•‣◦●○■□▪▶▸➢✓]|[・◆◇○◎※]|[–—*-]\s|\((?:\d{1,3}|[a-z]|[ivx]{1,4})\)\s|[①-⑳]|（\d{1,2}）)"
)
_NUMBERED = re.compile(
    r"^(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)．]\s|^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s|^第[\d一二三四五六七八九十]+[条章節項]"
)
_MARK = re.compile(
    r"^(?:[•‣◦●○■□▪▶▸➢✓・◆◇–—*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s*"
)
_LEADERS = re.compile(r"(?:[.…‥・]\s?){4,}\s*\d+$")
_CAPTION = re.compile(
    r"^(?:Figure|Fig\.|Table|Chart|Map|Photo|Exhibit|Abbildung|Tabelle|Tableau|図表?|表|写真)\s?[\d０-９]+(?:[-–.]\d+)?\s?[.:：｜|　 ]",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_LARGER = 1.12
_FLUSH = 0.6
_HEADING_LONGEST = 200


@dataclass(slots=True)
class Block:
    """A paragraph, heading, caption or note: its lines in order, which may stand on several pages."""

    kind: SegmentKind
    lines: list[PageLine]
    why: str = ""
    ruby: list[PageLine] = field(default_factory=list)

    @property
    def size(self) -> float:
        """Return the size of its first line in points."""
        return self.lines[0].size


@dataclass(frozen=True)
class Setting:
    """How a document is set: size of its text, distances of its lines by size, whether lines fill the column.

    ``indent`` is how far paragraphs begin to the right of their lines, 0 where they do not.
    """

    body: float
    leading: dict[int, float]
    justified: bool
    indent: float

    def usual(self, size: float) -> float:
        """Return the distance from line to line in type of that size."""
        return self.leading.get(round(size * 2), 1.3 * size)


def setting_of(flows: Sequence[PageFlow], body: float) -> Setting:
    """Measure how a document is set."""
    steps: dict[int, Counter[float]] = {}
    full = lines = starts = 0
    indents = Counter[int]()
    for stretch in (s for page in flows for s in page.stretches):
        for a, b in pairwise(stretch.lines):
            counts = steps.setdefault(round(a.size * 2), Counter())
            counts[round((b.base - a.base) * 2) / 2] += 1
        if stretch.known and abs(stretch.lines[0].size - body) < 0.06 * body and len(stretch.lines) > 3:
            inner = stretch.lines[:-1]
            lines += len(inner)
            full += sum(line.right > stretch.right - 0.5 * line.size for line in inner)
            lefts = Counter(round(line.left) for line in stretch.lines)
            left = lefts.most_common(1)[0][0]
            for a, b in pairwise(stretch.lines):
                starts += a.right < stretch.right - 1.5 * a.size
                marked = _MARK.match(a.text) is not None
                if not marked and 0.4 * b.size < b.left - left < 4 * b.size and a.left - left < 0.3 * a.size:
                    indents[round(b.left - left)] += 1
    usual, often = indents.most_common(1)[0] if indents else (0, 0)
    return Setting(
        body,
        {size: _usual_step(counts, size / 2) for size, counts in steps.items()},
        justified=lines > 0 and full > 0.55 * lines,
        indent=usual if often > 1 and often > 0.3 * starts else 0.0,
    )


def _usual_step(counts: Counter[float], size: float) -> float:
    """Return the distance of lines inside a paragraph: the smallest that is frequent."""
    near = {step: n for step, n in counts.items() if 0.8 * size <= step <= 2.6 * size}
    if not near:
        return 1.3 * size
    most = max(near.values())
    return min(step for step, n in near.items() if n >= 0.25 * most)


def build(flows: Sequence[PageFlow], setting: Setting) -> Iterator[Block]:
    """Yield the blocks of the document in the order of reading; notes come after their page's text."""
    notes: list[Block] = []
    current: Block | None = None
    last: Stretch | None = None
    for page in flows:
        for stretch in page.stretches:
            for lines in _split(stretch, setting):
                if current is not None and last is not None and last is not stretch:
                    joins = _joins(current, last, lines, stretch, setting)
                else:
                    joins = False
                if current is not None and joins:
                    current.lines += lines
                else:
                    if current is not None:
                        yield current
                        yield from notes
                        notes = []
                    current = Block(SegmentKind.PARAGRAPH, list(lines))
                current.ruby += [r for line in lines for r in page.ruby.get(id(line), ())]
                last = stretch
        notes += _notes(page.notes)
    if current is not None:
        yield current
    yield from notes


def _notes(lines: Sequence[PageLine]) -> Iterator[Block]:
    group: list[PageLine] = []
    number = 0
    for line in lines:
        match = LABEL.match(line.text)
        own = int((match["n"] or match["j"]) or 0) if match else 0
        begins = labelled(line) and (
            line.pieces[0].raised or own == number + 1 or (not own and match is not None)
        )
        if group and begins:
            yield Block(SegmentKind.PARAGRAPH, group, "note")
            group = []
        if begins or not group:
            number = own or number
        group.append(line)
    if group:
        yield Block(SegmentKind.PARAGRAPH, group, "note")


def _split(stretch: Stretch, setting: Setting) -> Iterator[list[PageLine]]:
    lines = stretch.lines
    group: list[PageLine] = []
    for i, line in enumerate(lines):
        if group and _begins(group, line, lines[i + 1] if i + 1 < len(lines) else None, stretch, setting):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(
    group: Sequence[PageLine], b: PageLine, after: PageLine | None, stretch: Stretch, setting: Setting
) -> bool:
    """Whether ``b``, below the lines of ``group``, begins a paragraph."""
    a = group[-1]
    usual = setting.usual(a.size)
    gap = b.base - a.base - usual
    if gap > max(0.22 * usual, 0.2 * a.size):
        return True
    if a.hyphen:
        return False
    if _leads_to_page(a) or _leads_to_page(b):
        return True
    if _BULLET.match(b.text) or (_NUMBERED.match(b.text) and _ended(a)):
        return True
    if (a.bold != b.bold and not fills(group, b, stretch, setting)) or (
        a.bold and not b.bold and len(group) == 1 and not _ended(a) and a.font != b.font and not _runs_on(b)
    ):
        return True
    return _indented(group, b, after, stretch, setting) or not fills(group, b, stretch, setting)


def _indented(
    group: Sequence[PageLine], b: PageLine, after: PageLine | None, stretch: Stretch, setting: Setting
) -> bool:
    a = group[-1]
    step = b.left - a.left
    back = after is None or after.left < b.left - 0.4 * a.size
    if abs(step) < 0.4 * a.size:
        # Two first lines: the paragraph above has only one.
        first = abs(b.left - stretch.left - setting.indent) < 0.3 * a.size
        return setting.indent > 0 and first and len(group) == 1 and (back or _ended(a))
    if _centred(a, b, stretch):
        return False
    if step > 0:
        runs_on = len(group) == 1 and (_hangs(a, b) or (not back and fills(group, b, stretch, setting)))
        return not runs_on
    # Back to the left: the first line of the paragraph was indented, or a hanging one has come to its end.
    return len(group) > 1 or _BULLET.match(a.text) is not None


def _centred(a: PageLine, b: PageLine, stretch: Stretch) -> bool:
    middle = (stretch.left + stretch.right) / 2
    return all(
        abs((line.left + line.right) / 2 - middle) < 0.6 * line.size and line.left > stretch.left + line.size
        for line in (a, b)
    )


def _hangs(a: PageLine, b: PageLine) -> bool:
    """Whether ``b`` begins below the first word after the marker of ``a``."""
    mark = _MARK.match(a.text)
    return mark is not None and b.left - a.left < 6 * a.size


def _ended(line: PageLine) -> bool:
    return _ENDED.search(line.text[-8:]) is not None


def _leads_to_page(line: PageLine) -> bool:
    """Whether it is an entry of a table of contents."""
    return line.text[-1].isdecimal() and _LEADERS.search(line.text) is not None


def _runs_on(line: PageLine) -> bool:
    return line.text[:1].islower()


def fills(group: Sequence[PageLine], b: PageLine, stretch: Stretch, setting: Setting) -> bool:
    """Whether the last line of ``group`` ends where the column does: what ``b`` begins with had no room."""
    a = group[-1]
    if a.hyphen:
        return True
    room = stretch.right - a.right
    if is_cjk(b.text[:1]) or is_cjk(a.text[-1:]):
        # Marks that must not begin a line, and words and figures that are not broken, leave some room.
        return room < (1.2 if _ended(a) else 2.2) * a.size + (0 if is_cjk(b.text[:1]) else b.word)
    if room < _FLUSH * a.size or _set_in(group, b):
        return True
    if room > 0.35 * a.size + b.word:
        return False
    if not setting.justified:
        return True
    # Text that fills its lines is stretched to the edge, but for the last line of a paragraph; lists seldom are.
    listed = _MARK.match(group[0].text) is not None or a.left > stretch.left + 0.5 * a.size
    return listed or any(stretch.right - line.right >= _FLUSH * line.size for line in group[:-1])


def _set_in(group: Sequence[PageLine], b: PageLine) -> bool:
    """Whether the lines end at one place of their own, as those of a quotation do that is set in on both sides."""
    a = group[-1]
    lines = group[-3:] if len(group) > 1 else (a, b)
    return abs(a.left - b.left) < 0.3 * a.size and all(abs(x.right - a.right) < 0.05 * a.size for x in lines)


def _joins(
    block: Block, last: Stretch, lines: Sequence[PageLine], stretch: Stretch, setting: Setting
) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    a, b = block.lines[-1], lines[0]
    if abs(a.size - b.size) > 0.06 * a.size or a.bold != b.bold or (a.font != b.font and _ended(a)):
        return False
    if a.hyphen:
        return True
    if not (last.known and stretch.known) or block.size > _LARGER * setting.body:
        return False
    if a.page == b.page and b.base > a.base and b.left < a.right and a.left < b.right:
        return False
    width, other = last.right - last.left, stretch.right - stretch.left
    if abs(width - other) > 0.25 * max(width, other) or width < 8 * a.size:
        return False
    if _BULLET.match(b.text) or _CAPTION.match(b.text) or (_NUMBERED.match(b.text) and _ended(a)):
        return False
    if not fills(block.lines, b, last, setting):
        return False
    left = min(line.left for line in lines[1:]) if len(lines) > 1 else stretch.left
    indent = b.left - left > 0.5 * b.size
    return not (indent and _ended(a))


def judge(blocks: Iterable[Block], setting: Setting) -> Iterator[Block]:
    """Yield the blocks with their kinds: headings by size and weight, captions by their words."""
    for block in blocks:
        text = block.lines[0].text
        length = sum(len(line.text) for line in block.lines)
        if block.why:
            pass
        elif (
            _CAPTION.match(text)
            and length < 3 * _HEADING_LONGEST
            and (block.size < 0.97 * setting.body or length < _HEADING_LONGEST)
        ):
            block.kind, block.why = SegmentKind.CAPTION, "caption"
        elif length < _HEADING_LONGEST and _LETTER.search(text) and _stands_out(block, setting):
            block.kind = SegmentKind.HEADING
        yield block


def _stands_out(block: Block, setting: Setting) -> bool:
    if len(block.lines) > 4 or (
        _ended(block.lines[-1]) and not block.lines[-1].text.endswith((":", "?", "!", "："))
    ):
        return False
    larger = block.size > _LARGER * setting.body
    return larger or (all(line.bold for line in block.lines) and block.size > 0.9 * setting.body)
