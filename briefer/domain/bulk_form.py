r"""The bulk form (.jsonl): lines made ready for storing, which takes longer than storing them.

Each line is ``{"csl": {CSL-JSON}, "text": "paragraph\n\nparagraph", "excerpts": [{"quote", "tags", "kind",
"comment"}]}``. What is made of lines depends on nothing but them and :class:`Rules`, so it can be done anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from briefer.domain.articles import FoundBy, ReadyExcerpt, found_by_traits
from briefer.domain.collecting import uncollected
from briefer.domain.csl import source_from_csl
from briefer.domain.digests import bulk_states
from briefer.domain.excerpts import UNJUDGED, ExcerptKind
from briefer.domain.indexing import SHARED, Texts, words_texts
from briefer.domain.keys import Frequent, KeySets, fact_keys, keys_of_source
from briefer.domain.passages import passage_of_quote
from briefer.domain.readings import paragraphs
from briefer.domain.similarity import traits_of
from briefer.domain.sources import Reading, Snapshot, Source
from briefer.domain.tags import Tag, Vocabulary, known_tag, parse_tag
from briefer.errors import KnownError

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
_LATER = datetime.min.replace(tzinfo=UTC)
_MOST_KNOWN = 10_000


@dataclass(frozen=True)
class LineExcerpt:
    """An excerpt of a line."""

    quote: str
    tags: tuple[str, ...] = ()
    kind: ExcerptKind = ExcerptKind.QUOTATION
    comment: str = ""
    speaker: str | None = None


@dataclass(frozen=True)
class Line:
    """One line: a source as CSL-JSON, its text, its excerpts."""

    csl: dict[str, object]
    text: str
    excerpts: tuple[LineExcerpt, ...] = ()


_LINES = msgspec.json.Decoder(Line)


@dataclass(frozen=True)
class Rules:
    """What lines are prepared by: tags that are known, and the keys of words that have sets."""

    vocabulary: Vocabulary
    frequent: tuple[str, ...] = ()


class ReadySource(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A source with its excerpts, what both are found by, and `digests.bulk_states`. It has neither ids nor a time yet.

    This and the like of it are no dataclasses because they go from process to process by the thousand, in arrays.
    """

    source: Source
    text: str
    reading: Reading
    found_by: FoundBy
    excerpts: tuple[ReadyExcerpt, ...]
    states: tuple[str, ...]


class Prepared(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What some lines have given, in their order: a source, or why the line cannot be used.

    ``sets`` are those of all the excerpts, which count through all the lines; None where they are not made yet.
    """

    lines: tuple[ReadySource | str, ...]
    tags: tuple[Tag, ...]
    sets: KeySets | None = None

    def with_(self, more: Prepared) -> Prepared:
        """Return these with the lines that follow them."""
        past = len(self.tags)
        return Prepared(
            (*self.lines, *(_with_tags(line, past) for line in more.lines)), self.tags + more.tags
        )


def _with_tags(line: ReadySource | str, past: int) -> ReadySource | str:
    """Return a line whose tags stand so many places further."""
    if isinstance(line, str):
        return line
    moved = (replace(e, tags=tuple(tag + past for tag in e.tags)) for e in line.excerpts)
    return replace(line, excerpts=tuple(moved))


class _Read(NamedTuple):
    """A line that can be used, whose text has no marks of copies yet."""

    source: Source
    text: str
    reading: Reading
    excerpts: tuple[ReadyExcerpt, ...]

    def ready(self, traits: tuple[str, tuple[int, ...]]) -> ReadySource:
        found_by = found_by_traits(self.source, self.text, self.reading, traits)
        states = bulk_states(self.source, self.reading, map(_said, self.excerpts))
        return ReadySource(self.source, self.text, self.reading, found_by, self.excerpts, states)


def _said(excerpt: ReadyExcerpt) -> dict[str, object]:
    """Return what `digests.bulk_states` is made of, of an excerpt whose capture has no id yet."""
    return {
        "snapshot_id": "",
        "span": {"start": excerpt.start, "end": excerpt.end},
        "quote": excerpt.quote,
        "kind": excerpt.kind,
        "speaker": excerpt.speaker,
        "comment": excerpt.comment,
    }


class Preparer:
    """Prepares lines by the same rules."""

    def __init__(self, rules: Rules) -> None:
        from briefer.domain.key_sets import Sorter  # which imports numpy

        self.rules = rules
        self._tags = _Tags(rules.vocabulary)
        self._sorter = Sorter(Frequent(rules.frequent))

    def prepare(self, lines: Sequence[bytes]) -> Prepared:
        """Return what lines give; nothing is raised for any of them but MemoryError."""
        with uncollected():
            return self._prepared(lines)

    def _prepared(self, lines: Sequence[bytes]) -> Prepared:
        self._tags.begin()
        read = list(map(self._line, lines))
        traits = traits_of([(one.text, one.reading) for one in read if isinstance(one, _Read)])
        made = tuple([one if isinstance(one, str) else one.ready(next(traits)) for one in read])
        tags = self._tags.all
        texts: list[Texts] = []
        facts: list[set[str]] = []
        for one in made:
            if isinstance(one, ReadySource):
                about = keys_of_source(one.source)
                texts += [(*e.texts, *one.found_by.texts[:SHARED]) for e in one.excerpts]
                facts += [fact_keys(e.kind, UNJUDGED, about, [tags[t] for t in e.tags]) for e in one.excerpts]
        return Prepared(made, tags, self._sorter.sorted_out(texts, facts))

    def _line(self, line: bytes) -> _Read | str:
        try:
            parsed = _LINES.decode(line)
            source = source_from_csl(parsed.csl, id="", created_at=_LATER)
            reading = paragraphs(parsed.text)
            captured = Snapshot("", "", "", "", "", "", _LATER, parsed.text, reading)
            excerpts = tuple(self._excerpt(captured, wanted) for wanted in parsed.excerpts)
        except KnownError as error:
            # It ends with what to do about it.
            return str(error).removesuffix(".")
        except msgspec.MsgspecError as error:
            detail = str(error)
        except UnicodeDecodeError:
            detail = "the line is not text in UTF-8"
        except RecursionError:
            detail = "the line is nested too deeply"
        else:
            return _Read(source, parsed.text, reading, excerpts)
        return f"{detail}; correct that line"

    def _excerpt(self, captured: Snapshot, wanted: LineExcerpt) -> ReadyExcerpt:
        passage = passage_of_quote(captured, wanted.quote)
        return ReadyExcerpt(
            passage.span.start,
            passage.span.end,
            passage.quote,
            passage.paragraph,
            wanted.kind,
            wanted.speaker,
            wanted.comment,
            self._tags.read(wanted.tags),
            words_texts(passage.quote, "", wanted.comment, wanted.speaker),
        )


class _Tags:
    """Reads tags; each is looked for in the vocabulary once, and those of one excerpt are sorted once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, Tag] = {}
        self.begin()

    def begin(self) -> None:
        """Begin with other lines; what is known of the vocabulary stays."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()  # free tags may be any number
        self._places: dict[Tag, int] = {}
        self._together: dict[tuple[str, ...], tuple[int, ...]] = {}

    @property
    def all(self) -> tuple[Tag, ...]:
        """The tags that were read since the beginning, in their places."""
        return tuple(self._places)

    def read(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Return the places of tags, sorted, each once. Raises UsageError for one that is none or unknown."""
        found = self._together.get(texts)
        if found is None:
            for text in texts:
                if text not in self._known:
                    self._known[text] = known_tag(parse_tag(text), self._vocabulary)
            tags = sorted({self._known[text] for text in texts}, key=str)
            found = tuple(self._places.setdefault(tag, len(self._places)) for tag in tags)
            self._together[texts] = found
        return found
