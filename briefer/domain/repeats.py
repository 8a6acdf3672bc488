"""Words of what is left out that stand in something else, however they are dressed.

Texts are compared by what a reader reads: without case, width, accents, punctuation, blanks, formats and what is not
seen (:func:`~briefer.domain.folding.folded`), as words, and in Japanese, Chinese and Korean as single letters.

- A *run* of 6 words, or of 10 letters of Japanese, in a row gives a text away: shorter ones («on the other hand, the»)
  stand in any two texts on one subject, and longer ones are rarely written twice by chance (text reuse is looked for by
  runs of 5 to 8 words). Where scripts are mixed a word weighs as much as 5/3 letters.
  Where all of these are kanji or katakana it takes half as many more, or a sign beside them that they are text:
  ten are a mere name (the bureau of a ministry).
- So does a longer run, of 7 words or 12 letters, in which one is missing, or was put in. That is looked for in what was
  chosen and marked, not in whole captures. Where one is another («exports of copper», «exports of zinc») it may be another fact.
- A title is told by a run of 5 words, or 9 letters, because it is short.
- A shorter text, or title, is told by the whole of it, if that is 12 letters of an alphabet at least, or 8 of Japanese.
- A name is told by the whole of it, if that is two words or three letters of Japanese, also with the family name first and with an initial;
  an address, and a DOI, by the whole of it.

What also stands in material that stays gives nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from briefer.domain.addresses import key
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CrossReference,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
    plain_text,
)
from briefer.domain.folding import RUN, folded

TEXT, TITLE = 30, 25
"""What a run must weigh that gives away a text, and a title."""

_WORD, _LETTER = 5, 3  # the weights of a word, and of a letter of Japanese
_WHOLE = 24
_LETTER_OF_WORD, _LETTER_OF_JAPANESE = 2, 3  # for the length of short texts
_NAME = 9
_NO_WIDTH = "\u200b"
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011]\s*(?=[^\W\d_])")
_LONG = 35  # what a run must weigh in which one word is missing, or was put in
_NAMING = re.compile("[\u30a1-\u30ff\u31f0-\u31ff\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff]")

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Return what is read in ``text``: its words, and each letter of Japanese, folded."""
    found: list[str] = []
    for match in RUN.finditer(folded(text)):
        found += match[1] or (match[2],)
    return tuple(found)


def _readings(text: str) -> tuple[Words, ...]:
    """Return the words of a text, each way where a blank without width, or a hyphen, may part words or hide within one."""
    joined = text.replace(_NO_WIDTH, "")
    return tuple(dict.fromkeys(map(words_of, (text, joined, _HYPHEN.sub("", joined)))))


def read(blocks: Iterable[BlockNode]) -> tuple[str, ...]:
    """Return what is read in the blocks of a text: its words in their order, table columns, and where links lead."""
    blocks = tuple(blocks)
    lines = tuple(_lines(blocks))
    text = " ".join(map(_text, lines))
    columns = (" ".join(map(_text, column)) for table in _tables(blocks) for column in _columns(table))
    return (text, *columns, *(target for line in lines for target in _targets(line)))


def _lines(blocks: Iterable[BlockNode]) -> Iterator[Sequence[Inline]]:
    for block in blocks:
        match block:
            case Heading(inlines=inlines) | Paragraph(inlines=inlines):
                yield inlines
            case ListBlock(items=items):
                for item in items:
                    yield from _lines(item.blocks)
            case Table(header=header, rows=rows):
                yield from header
                for row in rows:
                    yield from row
            case _:
                pass  # made of other things than what somebody writes


def _tables(blocks: Iterable[BlockNode]) -> Iterator[Table]:
    return (block for block in blocks if isinstance(block, Table))


def _columns(table: Table) -> Iterator[tuple[Sequence[Inline], ...]]:
    return zip(table.header, *table.rows, strict=False)


def _text(inlines: Sequence[Inline]) -> str:
    """Return a line without its notes, and after it what is written in these."""
    around = (f" {c.prefix} {c.suffix}" for i in inlines if isinstance(i, Citation) for c in i.cited)
    return plain_text(inlines) + "".join(around)


def _targets(inlines: Sequence[Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Run) and inline.link:
            yield unquote(inline.link)
            yield unquote(key(inline.link))  # parameters in another order, or more of them
        elif isinstance(inline, CrossReference):
            yield inline.anchor


@dataclass(frozen=True)
class Repeat:
    """What a text repeats: the name of what is left out, and the words, as they are compared."""

    of: str
    words: Words

    @property
    def text(self) -> str:
        """The words for people, without blanks between the letters of Japanese."""
        pairs = zip(("", *self.words), self.words, strict=False)
        return "".join(
            word if not before or _is_japanese(before) or _is_japanese(word) else f" {word}"
            for before, word in pairs
        )


@dataclass
class LeftOut:
    """The words of what is left out, each with the name of that; looked up by what stands anywhere else."""

    _runs: dict[int, dict[Words, str]] = field(default_factory=lambda: {TEXT: {}, TITLE: {}})
    _long: dict[Words, str] = field(default_factory=dict)
    _lacking: dict[Words, str] = field(default_factory=dict)
    _wholes: dict[str, dict[Words, str]] = field(default_factory=dict)
    _names: dict[str, dict[Words, str]] = field(default_factory=dict)

    def add(self, text: str, of: str, weight: int = TEXT) -> None:
        """Add a text (or a title, of the weight ``TITLE``); ``of`` names what it belongs to."""
        for words in _readings(text):
            self._runs[weight] |= dict.fromkeys(_runs(words, weight), of)
            if weight == TEXT:
                self._long |= dict.fromkeys(_runs(words, _LONG), of)
                self._lacking |= dict.fromkeys(_lacking_runs(words), of)
            if _length(words) >= _WHOLE:
                self._wholes.setdefault(words[0], {})[words] = of

    def add_passage(self, text: str, of: str) -> None:
        """Add a text of which only the runs tell, because the whole of it may be a common phrase."""
        for words in _readings(text):
            self._runs[TEXT] |= dict.fromkeys(_runs(words, TEXT), of)

    def add_name(self, name: str, of: str) -> None:
        """Add the name of somebody, as it is, with what is last in it first («Modi, Narendra»), and with an initial."""
        words = words_of(name)
        if sum(map(_weight, words)) >= _NAME:
            initial = (words[0][:1], *words[1:])
            for order in (words, words[-1:] + words[:-1], initial, initial[-1:] + initial[:-1]):
                self._names.setdefault(order[0], {})[order] = of

    def add_address(self, address: str, of: str) -> None:
        """Add an address of the web; how it is reached and its place within the page do not matter."""
        words = words_of(unquote(key(address)))
        if words:
            self._names.setdefault(words[0], {})[words] = of

    def forget(self, text: str) -> None:
        """Take out what stands in ``text``, which stays."""
        words = words_of(unquote(text))
        for weight, runs in self._runs.items():
            for run in _runs(words, weight):
                runs.pop(run, None)
        for run in _runs(words, _LONG):
            self._long.pop(run, None)
            self._lacking.pop(run, None)
        for run in _lacking_runs(words) if self._long else ():
            self._long.pop(run, None)
            self._lacking.pop(run, None)
        for known in (self._wholes, self._names):
            for phrase in tuple(_phrases(words, known)):
                known[phrase[0]].pop(phrase, None)

    def whole_in(self, text: str) -> Repeat | None:
        """Return what stands in ``text`` as a whole, None where nothing does."""
        return _first(_told(words, self._wholes) for words in _readings(text))

    def run_in(self, text: str) -> Repeat | None:
        """Return what has a run, or the whole, of its words in ``text``."""
        return _first(self._run_among(words) for words in _readings(text))

    def found_in(self, texts: Iterable[str]) -> Repeat | None:
        """Return what has a run of its words, or a name or address, in one of ``texts``."""
        readings = (words for text in texts for words in _readings(text))
        return _first(self._run_among(words) or _told(words, self._names) for words in readings)

    def _run_among(self, words: Words) -> Repeat | None:
        found = (
            Repeat(runs[run], run)
            for weight, runs in self._runs.items()
            for run in _runs(words, weight)
            if run in runs
        )
        return next(found, None) or self._changed_among(words) or _told(words, self._wholes)

    def _changed_among(self, words: Words) -> Repeat | None:
        """Return a run in which a word was put in, or is missing."""
        if not self._long:
            return None
        put_in = (Repeat(self._long[run], run) for run in _lacking_runs(words) if run in self._long)
        missing = (Repeat(self._lacking[run], run) for run in _runs(words, _LONG) if run in self._lacking)
        return next(put_in, None) or next(missing, None)


def _first(found: Iterable[Repeat | None]) -> Repeat | None:
    return next(filter(None, found), None)


def _weight(word: str) -> int:
    return _LETTER if _is_japanese(word) else _WORD


def _is_japanese(word: str) -> bool:
    match = RUN.match(word) if len(word) == 1 else None
    return match is not None and match[1] is not None


def _length(words: Words) -> int:
    return sum(_LETTER_OF_JAPANESE if _is_japanese(w) else _LETTER_OF_WORD * len(w) for w in words)


def _runs(words: Words, weight: int) -> Iterator[Words]:
    """Yield the shortest run of that weight which begins at each word, longer where it would be a mere name."""
    weights = [_weight(word) for word in words]
    end = total = 0
    for start, first in enumerate(weights):
        while total < weight and end < len(words):
            total += weights[end]
            end += 1
        if total < weight:
            return
        if (last := _last(words, start, end)) <= len(words):
            yield words[start:last]
        total -= first


def _lacking_runs(words: Words) -> Iterator[Words]:
    """Yield the runs that are one word longer than those of :data:`_LONG`, each without one of the words inside it."""
    at = 0
    for run in _runs(words, _LONG):
        while words[at : at + len(run)] != run:
            at += 1
        longer = words[at : at + len(run) + 1]
        if len(longer) > len(run):
            yield from (longer[:place] + longer[place + 1 :] for place in range(1, len(longer) - 1))
        at += 1


def _last(words: Words, start: int, end: int) -> int:
    """Return where a run ends that is no mere name; beyond the end of ``words`` where there is none."""
    if not all(map(_NAMING.match, words[start:end])):
        return end
    enough = end + (end - start) // 2
    text = (at + 1 for at in range(end, min(enough, len(words))) if not _NAMING.match(words[at]))
    return next(text, enough)


def _phrases(words: Words, known: dict[str, dict[Words, str]]) -> Iterator[Words]:
    for start, word in enumerate(words):
        for phrase in known.get(word, ()):
            if words[start : start + len(phrase)] == phrase:
                yield phrase


def _told(words: Words, known: dict[str, dict[Words, str]]) -> Repeat | None:
    return next((Repeat(known[phrase[0]][phrase], phrase) for phrase in _phrases(words, known)), None)
