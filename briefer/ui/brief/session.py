"""The open brief: its state as shown, its edits on their way to the library, and what it cites."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from briefer.domain.briefs import Brief
from briefer.domain.forms import Form
from briefer.domain.queries import Field, Match
from briefer.domain.results import Hit
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.services.compose import Stamp
from briefer.services.desk import Desk
from briefer.ui.brief import moves
from briefer.ui.brief.figures import Figures, Figuring, find, used_ids
from briefer.ui.brief.numbering import Numbering
from briefer.ui.context import Context
from briefer.ui.unstored import Unstored

_ALL = 10_000
_RETRY_MS = 5_000
_FIRST = 48
"""So many texts at the most are in sight when a brief is opened."""
_COUNTED_AT_ONCE = 200  # blocks, within some milliseconds
_NEVER = datetime.min.replace(tzinfo=UTC)
_NO_BRIEF = Brief(id="", form="", title="", created_at=_NEVER, changed_at=_NEVER)


@dataclass(frozen=True)
class Ahead:
    """An edit that was worked out beside the window, with its counts: it holds for ``before`` alone."""

    before: Brief
    after: Brief
    hits: dict[str, Hit]
    figuring: Figuring


def worked_out(before: Brief, hits: dict[str, Hit], change: Callable[[Brief], Brief]) -> Ahead:
    """Make an edit of a brief as it was shown with these excerpts; to be called beside the window."""
    after, figuring = change(before), Figuring(hits)
    figuring.figures(after)
    return Ahead(before, after, hits, figuring)


@dataclass(frozen=True)
class Ready:
    """A brief that can be shown: ``form`` is None where it is gone."""

    ahead: Ahead
    form: Form | None
    stamp: Stamp

    @property
    def brief(self) -> Brief:
        """The brief as it was read."""
        return self.ahead.after


def ready_to_open(desk: Desk, brief_id: str, former: Ready | None = None) -> Ready:
    """Return a brief with what it cites and its counts, and work out what its first picture needs; beside the window.

    What was read before, ``former``, is taken if it still holds.

    Raises:
        InputError: ``not-found``.
    """
    stamp = desk.compose.stamp(brief_id)
    if former is not None and (former.brief.id, former.stamp) == (brief_id, stamp):
        return replace(former, form=desk.forms.find(former.brief.form))
    brief = desk.compose.brief(brief_id)
    ahead = worked_out(brief, _evidence(desk, brief_id), lambda same: same)
    for _section, block in islice(brief.blocks(), _FIRST):
        if not block.excerpt_id:
            desk.markup.read(block.markdown)
    return Ready(ahead, desk.forms.find(brief.form), stamp)


def _evidence(desk: Desk, brief_id: str) -> dict[str, Hit]:
    return {hit.excerpt.id: hit for hit in desk.find.excerpts(Match(Field.IN, brief_id), limit=_ALL).hits}


class BriefSession(QObject):
    """One open brief; none until :meth:`begin`, so that the page can be put together before one is wanted.

    An edit is shown at once and stored beside the window, in order; the functions of `domain.editing` give
    the same result on both sides. Where storing fails, the whole shown state is stored by the next edit or
    retry, so that nothing typed is lost.
    """

    begun = Signal()
    """There is a brief; ``brief_changed`` has told of it."""
    brief_changed = Signal(object, object)
    """The :class:`Brief` before and after."""
    evidence_changed = Signal()
    figures_changed = Signal()
    """What was counted beside the window is there."""
    step_begins = Signal()
    """Another step than typing is about to be made."""
    gone = Signal()
    """The brief is not in the library any more."""

    def __init__(self, context: Context, desk: Desk) -> None:
        super().__init__()
        self.context = context
        self.desk = desk
        self._brief = _NO_BRIEF
        self._hits: dict[str, Hit] = {}
        self._figuring = Figuring(self._hits)
        self._numbering = Numbering(desk.markup)
        self._numbered: tuple[Brief | None, dict[str, str]] = (None, {})
        self._figured: tuple[tuple[Brief, dict[str, Hit]], Figures] | None = None
        self._counting: Brief | None = None
        self._unstored = 0
        self._failed = False
        self._typing_in = ""
        self._unsure = False
        self._closed = False
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry.timeout.connect(self._store_again)
        self.form: Form | None = None
        context.changed.connect(self._follow)

    def begin(self, ready: Ready) -> None:
        """Be of this brief from now on; once."""
        before, ahead = self._brief, ready.ahead
        self._brief, self._hits, self._figuring = ahead.after, ahead.hits, ahead.figuring
        self.form = ready.form
        self.brief_changed.emit(before, self._brief)
        self.begun.emit()

    def read_again(self) -> None:
        """Show the brief as the library has it by now, and what it cites."""
        if not self._unstored:
            self._reload()
        self._ask_evidence()

    @property
    def has_brief(self) -> bool:
        """Whether it is of a brief by now."""
        return self._brief is not _NO_BRIEF

    @property
    def brief(self) -> Brief:
        """The brief as it is shown."""
        return self._brief

    @property
    def hits(self) -> Mapping[str, Hit]:
        """The excerpts that it uses, by id, as far as they are read."""
        return self._hits

    @property
    def figures(self) -> Figures:
        """How long it is and what it cites, counted once for each state.

        Where much is to be counted these are the figures of the state before, until :attr:`figures_changed`.
        """
        state = (self._brief, self._hits)
        if self._figured is None or any(a is not b for a, b in zip(self._figured[0], state, strict=True)):
            if self._figured is not None and self._figuring.uncounted(self._brief) > _COUNTED_AT_ONCE:
                self._count_beside()
                return self._figured[1]
            self._figured = (state, self._figuring.figures(self._brief))
        return self._figured[1]

    @property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of its sections, by their ids, as its exports have them; counted once for each state."""
        if self._numbered[0] is not self._brief:
            self._numbered = (self._brief, self._numbering.numbers(self._brief, self.form))
        return self._numbered[1]

    @property
    def settled(self) -> bool:
        """Whether everything shown is stored."""
        return self._unstored == 0 and not self._failed

    def ahead(self, change: Callable[[Brief], Brief]) -> Callable[[], Ahead]:
        """Return what makes an edit of the brief as it is shown now, to be called beside the window."""
        return partial(worked_out, self._brief, self._hits, change)

    def learn(self, hit: Hit) -> None:
        """Take note of an excerpt that is about to be used, so that it is shown without a read."""
        self._hits.setdefault(hit.excerpt.id, hit)

    def edit(self, label: str, change: Callable[[Brief], Brief], ahead: Ahead | None = None) -> None:
        """Change the brief, as one step of its undo; ``ahead`` is what ``change`` was found to give, if it still holds."""
        self.step_begins.emit()
        self._typing_in = ""
        if ahead is not None and ahead.before is self._brief and not self._failed:
            if ahead.hits is self._hits:
                self._figuring = ahead.figuring
            self._apply(label, change, merge=False, after=ahead.after)
        else:
            self._apply(label, change, merge=False)

    def write(self, place: str, text: str) -> None:
        """Set the text of a block, the heading of a section or the title of the brief, by its id.

        What is typed in one stay there is one step of the undo, until :meth:`split_typing` says otherwise.
        """
        label = self.tr("Typing")
        if place == self._brief.id:
            label = self.tr("Rename brief")
        elif moves.section_of(self._brief, place) is not None:
            label = self.tr("Rename section")
        merge = self._typing_in == place
        if self._apply(label, lambda brief: moves.with_text(brief, place, text), merge=merge):
            self._typing_in = place

    def split_typing(self, place: str, states: Sequence[str]) -> None:
        """Let the stay in a place be undone from state to state; its first step led to the first of ``states``."""
        if self._typing_in != place or len(states) < 2:
            return
        compose, brief_id = self.desk.compose, self._brief.id
        stack, label = self.context.undo_stack(brief_id), self.tr("Typing")

        def back_to(text: str) -> Change:
            return compose.edit(brief_id, label, lambda brief: moves.with_text(brief, place, text))

        def push() -> None:
            for text in states[:-1]:
                stack.push(Change(frozenset({Kind.BRIEF}), (brief_id,), label, partial(back_to, text)))

        self.context.run(push, lambda _none: self.context.undo_changed.emit(), writes=True)

    def begin_typing(self, block_id: str) -> None:
        """Let what is typed next in a block belong to the step just made, which created it."""
        self._typing_in = block_id

    def end_typing(self) -> None:
        """Let the next typing be a step of its own."""
        self._typing_in = ""

    def undo(self) -> None:
        """Undo the brief's last step."""
        self._typing_in = ""
        self.context.undo(self._brief.id)

    def redo(self) -> None:
        """Do the step undone last again."""
        self._typing_in = ""
        self.context.redo(self._brief.id)

    def close(self) -> None:
        """Stop following the library; what is under way is still stored."""
        self._closed = True
        self._retry.stop()
        self.context.changed.disconnect(self._follow)
        self.context.set_unstored(self, None)
        if self._failed:
            self._store_again()

    # --- to the library --------------------------------------------------------------------------------

    def _apply(
        self, label: str, change: Callable[[Brief], Brief], *, merge: bool, after: Brief | None = None
    ) -> bool:
        before = self._brief
        if after is None:
            after = change(before)
        if after == before:
            return False
        if self.desk.library.read_only:
            # The library tells why; nothing is shown as changed that will not be stored.
            self.context.change(lambda: self.desk.compose.edit(before.id, label, change), before.id)
            return False
        self._brief = after
        self._store(label, (lambda _stored: after) if self._failed else change, merge=merge)
        self.brief_changed.emit(before, after)
        self._ask_missing()
        return True

    def _store(self, label: str, change: Callable[[Brief], Brief], *, merge: bool) -> None:
        compose, brief_id = self.desk.compose, self._brief.id

        def work() -> tuple[None, Change]:
            made = compose.edit(brief_id, label, change)
            # The first step of the typing leads back to before it; the others need no way back of their own.
            return None, replace(made, inverse=None) if merge else made

        self._unstored += 1
        self._failed = False
        self.context.change(work, brief_id, self._stored, failed=self._not_stored)

    def _stored(self, _nothing: object) -> None:
        self._unstored -= 1
        if not self._failed:
            self.context.set_unstored(self, None)
        if not self._unstored:
            self._reload()

    def _not_stored(self, error: KnownError) -> None:
        self._unstored -= 1
        if error.code == "not-found":
            self.context.set_unstored(self, None)
            self.gone.emit()
            return
        self.context.problem.emit(error)
        self._failed = True
        if not self._closed:
            self.context.set_unstored(self, Unstored(self._brief, error))
            self._retry.start()

    def _store_again(self) -> None:
        shown = self._brief
        self._store(self.tr("Edit"), lambda _stored: shown, merge=False)

    def _count_beside(self) -> None:
        if self._counting is self._brief:
            return
        brief, hits, figuring = self._brief, self._hits, self._figuring.twin()
        self._counting = brief

        def count() -> Figuring:
            figuring.figures(brief)
            return figuring

        self.context.run(count, lambda counted: self._take_count(counted, hits), latest=f"figures {brief.id}")

    def _take_count(self, counted: Figuring, hits: dict[str, Hit]) -> None:
        self._counting = None
        if self._closed:
            return
        # What has come meanwhile is counted on top of it.
        if hits is self._hits:
            self._figuring = counted
        self.figures_changed.emit()

    # --- from the library ------------------------------------------------------------------------------

    def _follow(self, change: Change) -> None:
        if Kind.BRIEF in change.kinds and self._brief.id in change.ids and not self._unstored:
            self._reload()
        if self.has_brief and change.kinds & {Kind.EXCERPT, Kind.SOURCE}:
            self._ask_evidence()

    def _reload(self) -> None:
        compose, shown = self.desk.compose, self._brief

        def read() -> Brief:
            brief = moves.as_shown(compose.brief(shown.id), shown)
            used_ids(brief)  # the window asks several times, and each section keeps its answer
            return brief

        self.context.run(read, self._take, failed=self._missing, latest=f"brief {shown.id}")

    def _take(self, brief: Brief) -> None:
        # A read that began before the last edit was stored tells of the past.
        if self._closed or not self.settled:
            return
        before, self._brief = self._brief, brief
        if brief != replace(before, changed_at=brief.changed_at):
            self._typing_in = ""
            self.brief_changed.emit(before, brief)
            self._ask_missing()
        if self._unsure:
            self._ask_evidence()

    def _missing(self, error: KnownError) -> None:
        if self._closed:
            return
        if error.code == "not-found":
            self.gone.emit()
        else:
            self.context.problem.emit(error)

    def _ask_missing(self) -> None:
        if any(find(self._hits, i) is None for i in used_ids(self._brief)):
            self._ask_evidence()

    def _ask_evidence(self) -> None:
        desk, shown = self.desk, self._brief
        asked = used_ids(shown) if self.settled else None

        def read() -> tuple[dict[str, Hit], Figuring]:
            found = _evidence(desk, shown.id)
            figuring = Figuring(found)
            figuring.figures(shown)
            return found, figuring

        self.context.run(
            read, lambda read: self._take_evidence(read, asked), latest=f"cited {self._brief.id}"
        )

    def _take_evidence(self, read: tuple[dict[str, Hit], Figuring], asked: tuple[str, ...] | None) -> None:
        if self._closed:
            return
        found, figuring = read
        # An excerpt learned from the tray may not be stored with the brief yet; one that was removed is gone.
        self._unsure = used_ids(self._brief) != asked
        if self._unsure:
            found = {**self._hits, **found}
            figuring = Figuring(found)
        self._hits, self._figuring = found, figuring
        if self._unsure and self.settled:
            self._ask_evidence()
        self.evidence_changed.emit()
