"""Curating: marking excerpts in sources and tagging them.

Every method that changes something returns (or carries) a :class:`Change` with its way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from briefer.domain.digests import with_states
from briefer.domain.excerpts import UNANNOTATED, Annotation, Excerpt
from briefer.domain.ids import new_id
from briefer.domain.markings import MarkingScheme, check_lowered
from briefer.domain.passages import Passage, passage_in_words, passage_of_paragraphs, passage_of_quote
from briefer.domain.record import Act
from briefer.domain.results import Suggestion
from briefer.domain.sources import Snapshot
from briefer.domain.spans import Span, fold
from briefer.domain.tags import Tag, known_tag
from briefer.domain.trash import TrashKind
from briefer.errors import UsageError
from briefer.services.changes import Change, Kind
from briefer.services.lookups import excerpts_of, source_and_snapshot
from briefer.services.ports import Clock, Library, UnitOfWork
from briefer.services.record import Note, Record
from briefer.services.recording import excerpt_notes, of_excerpt
from briefer.services.trash import Trash


def markings_of(before: Excerpt, after: Excerpt) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return an excerpt's marking and its comment's, each as it was and as it is."""
    return (before.marking or "", after.marking or ""), (before.comment_marking, after.comment_marking)


class Curate:
    """The use cases around excerpts and tags: ``excerpt``, ``tag``, ``confirm``."""

    def __init__(
        self,
        library: Library,
        clock: Clock,
        record: Record,
        trash: Trash,
        schemes: tuple[MarkingScheme, ...] = (),
    ) -> None:
        self._library = library
        self._schemes = schemes
        self._clock = clock
        self._record = record
        self._trash = trash

    def mark(
        self,
        source_id: str,
        span: Span,
        annotation: Annotation = UNANNOTATED,
        tags: Sequence[Tag] = (),
    ) -> tuple[Excerpt, Change]:
        """Make an excerpt of the passage at ``span``, trimmed of white space and widened to whole words.

        Raises:
            InputError: ``quote-furniture``, when the passage is not, or not wholly, part of the article.
            UsageError: ``tag-unknown``.
        """
        return self._mark(
            source_id,
            lambda snapshot: passage_in_words(snapshot, span),
            annotation,
            tags,
        )

    def mark_quote(
        self,
        source_id: str,
        quote: str,
        annotation: Annotation = UNANNOTATED,
        tags: Sequence[Tag] = (),
    ) -> tuple[Excerpt, Change]:
        """Make an excerpt of the first place in the article that reads as ``quote`` (white space aside).

        One of whole words goes before one that is cut from longer ones, which is widened to them.
        """
        return self._mark(
            source_id,
            lambda snapshot: passage_of_quote(snapshot, quote),
            annotation,
            tags,
        )

    def paragraphs_span(self, source_id: str, first: int, last: int | None = None) -> Span:
        """Return the span of the paragraphs ``first`` to ``last``.

        Raises:
            InputError: ``not-found``, ``paragraph-missing``.
            UsageError: ``paragraphs-order``.
        """
        last = first if last is None else last
        if last < first:
            raise UsageError("paragraphs-order", first=first, last=last)
        with self._library.read() as work:
            _source, snapshot = source_and_snapshot(work, source_id)
        return passage_of_paragraphs(snapshot, first, last).span

    def confirm(self, source_id: str, suggestions: Sequence[Suggestion]) -> Change:
        """Apply suggestions that a person has confirmed.

        A tag goes to the excerpts in the suggestion's paragraph that hold the words which suggested it; where
        there is none, the whole paragraph becomes one.
        """
        with self._library.write() as work:
            _source, snapshot = source_and_snapshot(work, source_id)
            present = work.excerpts.of_source(source_id)
            tags: dict[str, list[Tag]] = {}
            whole: dict[int, list[Tag]] = {}
            for suggestion in suggestions:
                bearing = _bearing(snapshot, present, suggestion)
                for excerpt in bearing:
                    tags.setdefault(excerpt.id, []).append(suggestion.tag)
                if not bearing:
                    whole.setdefault(suggestion.paragraph, []).append(suggestion.tag)
            before = tuple(e for e in present if e.id in tags)
            after = tuple(replace(e, tags=merged(e.tags, tags[e.id], ())) for e in before)
            added = tuple(self._whole(snapshot, number, found) for number, found in whole.items())
            work.excerpts.update(after)
            work.excerpts.add(added)
            self._record.note_all(work, (*_made(added), *excerpt_notes(before, after)), before)
        return self._confirmed(before, after, added)

    def tag(self, excerpt_ids: Iterable[str], add: Sequence[Tag] = (), remove: Sequence[Tag] = ()) -> Change:
        """Add and remove tags on excerpts. Removing a partner without a role removes it in every role."""
        with self._library.write() as work:
            vocabulary = work.vocabulary.get()
            tags = tuple(known_tag(tag, vocabulary) for tag in add)
            before = excerpts_of(work, excerpt_ids)
            after = tuple(replace(e, tags=merged(e.tags, tags, remove)) for e in before)
            self._update(work, before, after)
        return self._replaced(before, after, "Tag")

    def annotate(self, changed: Excerpt, reason: str = "") -> Change:
        """Store changed notes on an excerpt: kind, speaker, comment, credibility, marking, translation, tags.

        Raises:
            UsageError: ``marking-lowered``, where a marking is less than it was and there is no reason; it is recorded.
        """
        with self._library.write() as work:
            (before,) = excerpts_of(work, [changed.id])
            for was, now in markings_of(before, changed):
                check_lowered(was, now, self._schemes, reason)
            after = replace(before, **{name: getattr(changed, name) for name in _NOTES})
            self._update(work, (before,), (after,), reason.strip())
        return self._replaced((before,), (after,), "Edit excerpt")

    def remove_excerpts(self, excerpt_ids: Iterable[str]) -> Change:
        """Put excerpts into the trash; refused while a brief uses one of them.

        Raises:
            InputError: ``excerpt-used``.
        """
        return self._trash.throw(TrashKind.EXCERPT, tuple(excerpt_ids), "Remove excerpt")

    # --- ways back -------------------------------------------------------------------------------------

    def _replaced(self, before: tuple[Excerpt, ...], after: tuple[Excerpt, ...], label: str) -> Change:
        def back() -> Change:
            with self._library.write() as work:
                self._update(work, after, before, by_undo=True)
            return self._replaced(after, before, label)

        return _excerpt_change(after, label, back)

    def _confirmed(
        self, before: tuple[Excerpt, ...], after: tuple[Excerpt, ...], added: tuple[Excerpt, ...]
    ) -> Change:
        label = "Confirm suggestions"

        def back() -> Change:
            with self._library.write() as work:
                self._update(work, after, before)
                places = self._trash.put_in(work, TrashKind.EXCERPT, [e.id for e in added])
            return _excerpt_change((*before, *added), label, lambda: again(places))

        def again(places: Sequence[str]) -> Change:
            with self._library.write() as work:
                self._update(work, before, after)
                self._trash.take_out(work, places, label)
            return self._confirmed(before, after, added)

        return _excerpt_change((*after, *added), label, back)

    def _update(
        self,
        work: UnitOfWork,
        before: Sequence[Excerpt],
        after: Sequence[Excerpt],
        reason: str = "",
        *,
        by_undo: bool = False,
    ) -> None:
        stood = work.excerpts.get_many(e.id for e in after).values()
        work.excerpts.update(after)
        self._record.note_all(work, excerpt_notes(before, after, reason, by_undo=by_undo), stood)

    # --- steps -----------------------------------------------------------------------------------------

    def _mark(
        self,
        source_id: str,
        find: Callable[[Snapshot], Passage],
        annotation: Annotation,
        tags: Sequence[Tag],
    ) -> tuple[Excerpt, Change]:
        with self._library.write() as work:
            _source, snapshot = source_and_snapshot(work, source_id)
            vocabulary = work.vocabulary.get()
            known = [known_tag(tag, vocabulary) for tag in tags]
            excerpt = self._excerpt(snapshot, find(snapshot))
            excerpt = replace(annotation.on(excerpt), tags=merged((), known, ()))
            work.excerpts.add([excerpt])
            self._record.note_all(work, _made([excerpt]))
        change = _excerpt_change((excerpt,), "Mark excerpt", lambda: self.remove_excerpts([excerpt.id]))
        return excerpt, change

    def _whole(self, snapshot: Snapshot, number: int, tags: Sequence[Tag]) -> Excerpt:
        passage = passage_of_paragraphs(snapshot, number, number)
        return replace(self._excerpt(snapshot, passage), tags=merged((), tags, ()))

    def _excerpt(self, snapshot: Snapshot, passage: Passage) -> Excerpt:
        return Excerpt(
            id=new_id(),
            source_id=snapshot.source_id,
            snapshot_id=snapshot.id,
            span=passage.span,
            quote=passage.quote,
            paragraph=passage.paragraph,
            page=snapshot.pages.label_of(passage.span),
            created_at=self._clock(),
        )


# What a person says of an excerpt; the rest tells where it stands, which annotating never changes.
_NOTES = (
    "kind",
    "speaker",
    "comment",
    "credibility",
    "marking",
    "translation",
    "translation_official",
    "comment_marking",
    "tags",
)


def merged(present: Sequence[Tag], add: Sequence[Tag], remove: Sequence[Tag]) -> tuple[Tag, ...]:
    """Return tags with some added and some removed; a partner without a role is removed in every role."""
    gone = {t for r in remove for t in present if t == r or (t.name == r.name and _any_role(r))}
    return tuple(sorted({*present, *add} - gone))


def _made(excerpts: Iterable[Excerpt]) -> Iterator[Note]:
    """Yield what is recorded of new excerpts."""
    for excerpt in excerpts:
        facts = {"source": excerpt.source_id, "tags": [str(tag) for tag in excerpt.tags]}
        yield Act.EXCERPT, of_excerpt(excerpt), with_states(facts, excerpt)


def becoming(snapshot: Snapshot, excerpts: Sequence[Excerpt], suggestions: Sequence[Suggestion]) -> int:
    """Return how many paragraphs :meth:`Curate.confirm` would make excerpts of."""
    return len({s.paragraph for s in suggestions if not _bearing(snapshot, excerpts, s)})


def _bearing(snapshot: Snapshot, excerpts: Sequence[Excerpt], suggestion: Suggestion) -> list[Excerpt]:
    """Return the excerpts in a suggestion's paragraph that hold the words which suggested it."""
    passage = passage_of_paragraphs(snapshot, suggestion.paragraph, suggestion.paragraph)
    return [
        e
        for e in excerpts
        if e.span.touches(passage.span) and any(fold(words) in e.quote for words in suggestion.because)
    ]


def _any_role(tag: Tag) -> bool:
    return str(tag) == tag.name


def _excerpt_change(excerpts: Iterable[Excerpt], label: str, inverse: Callable[[], Change]) -> Change:
    return Change(frozenset({Kind.EXCERPT}), tuple(e.id for e in excerpts), label, inverse)
