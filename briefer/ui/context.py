"""What every page of the window shares: the open library, work beside the window, undo, theme, settings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal

from briefer.domain.markings import MarkingScheme
from briefer.domain.tags import Role, Tag, Vocabulary
from briefer.errors import KnownError
from briefer.services.changes import Change, Kind
from briefer.services.stopping import StoppedError
from briefer.ui.jobs import Job, JobRunner, owner_of
from briefer.ui.settings import Preferences, Settings, UiLanguage
from briefer.ui.theme import LIGHT, Colours
from briefer.ui.undo import UndoStack
from briefer.ui.unstored import Unstored

if TYPE_CHECKING:
    from briefer.services.desk import Desk

LIBRARY_STACK = "library"
_MAY_GO_BY = frozenset(
    {"library-gone", "library-full", "library-limited", "library-unwritable", "library-locked"}
)
"""What keeps a change from being stored, and may be over after a while."""

_log = logging.getLogger(__name__)


class SaveState(StrEnum):
    """Whether all that was done is durably in the library file."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"
    """Something could not be stored, and is in the window only."""


class Context(QObject):
    """The window's one way to the services.

    All library work goes through :meth:`run` (reads, in parallel) and :meth:`change` (writes, one at a time, in
    order); results come back on the window's thread.
    """

    changed = Signal(object)
    """A :class:`Change` was made, undone or redone."""
    desk_changed = Signal()
    """Another library is open, or none."""
    vocabulary_changed = Signal()
    schemes_changed = Signal()
    undo_changed = Signal()
    saved = Signal(object)
    """A :class:`SaveState`."""
    working = Signal(str)
    """The label of a longer job under way; empty when it has ended."""
    told = Signal(str)
    """What the status line is to say for a while."""
    problem = Signal(object)
    """A :class:`KnownError` for the problems bar."""
    problem_over = Signal()
    """What the last problem hindered was done since."""
    bug = Signal(object)
    """Any other exception, for the report dialog."""
    colours_changed = Signal()
    leaving = Signal(object, object)
    """What could not be stored (an :class:`Unstored`) is about to be left; the function leaves it all the same."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.jobs = JobRunner(self)
        self._desk: Desk | None = None
        self._colours = LIGHT
        self._vocabulary = Vocabulary()
        self._labels: dict[str, str] = {}
        self.preferred_scheme = ""
        """The id of the scheme of markings that the open library prefers, empty for none."""
        self.opened_empty = False
        """Whether the open library had no source when it was opened."""
        self._stacks: dict[str, UndoStack] = {}
        self._waiting: set[int] = set()
        self._unstored: dict[int, Unstored] = {}
        self._doing = self._hindered = ""
        self._again: list[tuple[str, KnownError, Callable[[], object]]] = []
        self.problem.connect(self._note_hindered)
        self.jobs.writing_changed.connect(lambda _writing: self._tell_saving())

    @property
    def desk(self) -> Desk | None:
        """The open library's services, or None."""
        return self._desk

    @property
    def vocabulary(self) -> Vocabulary:
        """The open library's vocabulary, as last read; empty without a library."""
        return self._vocabulary

    @property
    def colours(self) -> Colours:
        """The colours of the present theme, for what paints itself."""
        return self._colours

    @property
    def language(self) -> str:
        """``en`` or ``ja``: the language of labels from the vocabulary and the forms."""
        chosen = self.settings.preferences.language
        if chosen is UiLanguage.SYSTEM:
            return "ja" if QLocale.system().language() is QLocale.Language.Japanese else "en"
        return chosen.value

    def label(self, tag: Tag) -> str:
        """Return what a person reads for a tag; a role other than partner is added in brackets."""
        name = tag.name
        if name not in self._labels:
            self._labels[name] = self._vocabulary.label(tag, self.language)
        role = tag.role
        if role is None or role is Role.PARTNER:
            return self._labels[name]
        return f"{self._labels[name]} ({self.role_label(role)})"

    def role_label(self, role: Role) -> str:
        """Return what a person reads for a partner's role."""
        return {
            Role.PARTNER: self.tr("partner"),
            Role.SOURCE_OF_RISK: self.tr("source of risk"),
            Role.THIRD_PARTY: self.tr("third party"),
            Role.VENUE: self.tr("venue"),
        }[role]

    def set_colours(self, colours: Colours) -> None:
        """Change the theme."""
        self._colours = colours
        self.colours_changed.emit()

    @property
    def schemes(self) -> tuple[MarkingScheme, ...]:
        """The schemes of markings, the one that the library prefers first."""
        schemes = self._desk.markings if self._desk is not None else ()
        return tuple(sorted(schemes, key=lambda scheme: scheme.id != self.preferred_scheme))

    def set_desk(
        self, desk: Desk | None, vocabulary: Vocabulary | None = None, *, empty: bool = False
    ) -> None:
        """Show another library, ``empty`` where it has no source; what was to be undone in the former one is forgotten."""
        self._desk = desk
        self.opened_empty = empty
        self._sign()
        self._vocabulary = vocabulary or Vocabulary()
        self._labels.clear()
        self._stacks.clear()
        self._waiting.clear()
        self._unstored.clear()
        self._again.clear()
        self.preferred_scheme = ""
        self._read_scheme()
        self.desk_changed.emit()
        self.vocabulary_changed.emit()
        self.undo_changed.emit()

    def _read_scheme(self) -> None:
        if self._desk is not None:
            self.run(self._desk.preferred.scheme, self._take_scheme, latest="preferred scheme")

    def _take_scheme(self, scheme_id: str) -> None:
        self.preferred_scheme = scheme_id
        self.schemes_changed.emit()

    def store_preferences(self, preferences: Preferences) -> None:
        """Keep what the settings dialog was left with."""
        self.settings.store(preferences)
        self._sign()

    def _sign(self) -> None:
        """Have what is done in the library bear the name that is set here."""
        if self._desk is not None:
            self._desk.record.sign_as(self.settings.preferences.author)

    def run(
        self,
        fn: Callable[[], Any],
        done: Callable[[Any], None],
        label: str = "",
        *,
        failed: Callable[[KnownError], None] | None = None,
        latest: str = "",
        writes: bool = False,
    ) -> Job:
        """Call a service beside the window; ``done(result)`` follows on the window's thread.

        ``label`` is shown meanwhile. ``failed`` takes known errors in place of the problems bar. ``latest``
        names a job that takes the place of an unfinished one of that name. ``writes`` puts it in line with the
        changes, for calls that write but return no Change (versions, exports).
        """
        if label:
            self.working.emit(label)

        kind = latest or getattr(fn, "__qualname__", "")

        def ended(result: object) -> None:
            if label:
                self.working.emit("")
            self._note_done(kind)
            done(result)

        def broken(error: BaseException) -> None:
            if label:
                self.working.emit("")
            self._tell(error, failed, kind)

        return self.jobs.submit(fn, ended, broken, writes=writes, latest=latest, owner=owner_of(done))

    def change(
        self,
        fn: Callable[[], Any],
        stack: str = LIBRARY_STACK,
        done: Callable[[Any], None] | None = None,
        *,
        failed: Callable[[KnownError], None] | None = None,
        named: str = "",
    ) -> Job:
        """Call a service that returns a Change, or a pair (thing, Change); the change can then be undone.

        ``changed`` is emitted first, then ``done(thing)`` follows (or ``done(change)`` where there is no thing). What could
        not be stored before is tried again first, so that changes come in the order in which they were made; ``named`` is
        what it is called then.
        """
        self.try_again()
        undo, kind = self.undo_stack(stack), f"change {stack}"

        def work() -> tuple[object, Change]:
            result = fn()
            thing, made = result if isinstance(result, tuple) else (result, result)
            undo.push(made)
            return thing, made

        def ended(result: tuple[object, Change]) -> None:
            thing, made = result
            self._note_done(kind)
            self._tell_changed(made)
            if done is not None:
                done(thing)

        def broken(error: BaseException) -> None:
            if failed is None and isinstance(error, KnownError) and error.code in _MAY_GO_BY:
                self._again.append((named, error, partial(self.change, fn, stack, done, named=named)))
            self._tell(error, failed, kind)
            self._tell_saving()

        return self.jobs.submit(work, ended, broken, writes=True)

    @property
    def can_try_again(self) -> bool:
        """Whether there are changes that could not be stored, and may be by now."""
        return bool(self._again)

    def try_again(self) -> None:
        """Store the changes that could not be stored, if there are any, the first first."""
        waiting, self._again = self._again, []
        for _named, _error, again in waiting:
            again()

    def give_up(self) -> None:
        """Forget the changes that could not be stored."""
        self._again.clear()
        self._tell_saving()

    def undo(self, stack: str = LIBRARY_STACK) -> None:
        """Undo the last change of a stack, if there is one."""
        self._turn(self.undo_stack(stack).undo, f"change {stack}")

    def redo(self, stack: str = LIBRARY_STACK) -> None:
        """Do the last undone change of a stack again, if there is one."""
        self._turn(self.undo_stack(stack).redo, f"change {stack}")

    def undo_stack(self, name: str = LIBRARY_STACK) -> UndoStack:
        """Return the stack of that name: ``library``, or a brief's id."""
        return self._stacks.setdefault(name, UndoStack())

    def close(self) -> None:
        """Finish the writes and let the library go."""
        self.jobs.close()
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def _turn(self, turn: Callable[[], Change | None], kind: str) -> None:
        def ended(change: Change | None) -> None:
            self._note_done(kind)
            if change is not None:
                self._tell_changed(change)

        self.jobs.submit(turn, ended, lambda error: self._tell(error, None, kind), writes=True)

    def _tell_changed(self, change: Change) -> None:
        if Kind.VOCABULARY in change.kinds and self._desk is not None:
            self.run(self._desk.terms.vocabulary, self._take_vocabulary, latest="vocabulary")
        if Kind.SCHEME in change.kinds:
            self._read_scheme()
        if Kind.SOURCE in change.kinds:
            self.opened_empty = False
        if change.kinds:
            self.changed.emit(change)
        self.undo_changed.emit()

    def _take_vocabulary(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._labels.clear()
        self.vocabulary_changed.emit()

    def _tell(self, error: BaseException, failed: Callable[[KnownError], None] | None, kind: str) -> None:
        """Tell of an error; a problem that comes of it belongs to what was being done, ``kind``."""
        self._doing = kind
        try:
            self._tell_error(error, failed)
        finally:
            self._doing = ""

    def _note_hindered(self, _error: KnownError) -> None:
        self._hindered = self._doing

    def _note_done(self, kind: str) -> None:
        if kind and kind == self._hindered and not self._again:
            self._hindered = ""
            self._tell_saving()
            self.problem_over.emit()

    def _tell_error(self, error: BaseException, failed: Callable[[KnownError], None] | None) -> None:
        if isinstance(error, StoppedError):
            return  # nobody waits for it
        if not isinstance(error, KnownError):
            _log.error("A job failed", exc_info=error)
            self.bug.emit(error)
        elif failed is not None:
            failed(error)
        else:
            self.problem.emit(error)

    def set_waiting(self, owner: object, *, waiting: bool) -> None:
        """Take note that what was done at ``owner`` is not on its way to the library yet, or that nothing waits there."""
        if waiting == (id(owner) in self._waiting):
            return
        self._waiting ^= {id(owner)}
        self._tell_saving()

    def set_unstored(self, owner: object, unstored: Unstored | None) -> None:
        """Take note that what is shown at ``owner`` could not be stored, or that nothing of it is unstored any more."""
        if unstored is not None:
            self._unstored[id(owner)] = unstored
        else:
            self._unstored.pop(id(owner), None)
        self._tell_saving()

    def leave(self, go: Callable[[], object], *, library: bool = True) -> None:
        """Do what lets go of what is shown; where some of it could not be stored, somebody is asked before.

        ``library`` says whether it lets go of the library too, and so of its changes that wait to be tried again.
        """
        found = next(iter(self._unstored.values()), None)
        if found is not None:
            self.leaving.emit(found, partial(self._leave_briefs, go, library=library))
        elif library and self._again:
            names = tuple(
                named or self.tr("A change in the library") for named, _error, _again in self._again
            )
            self.leaving.emit(Unstored(None, self._again[-1][1], names), partial(self._leave_changes, go))
        else:
            go()

    @property
    def may_leave(self) -> bool:
        """Whether there is nothing that could not be stored."""
        return not self._unstored and not self._again

    def _leave_briefs(self, go: Callable[[], object], *, library: bool) -> None:
        self._unstored.clear()
        self._tell_saving()
        self.leave(go, library=library)

    def _leave_changes(self, go: Callable[[], object]) -> None:
        self.give_up()
        go()

    def _tell_saving(self) -> None:
        if self._unstored or self._again:
            self.saved.emit(SaveState.FAILED)
        else:
            unsaved = self.jobs.writing or self._waiting
            self.saved.emit(SaveState.SAVING if unsaved else SaveState.SAVED)
