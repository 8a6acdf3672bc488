"""Opening, making and changing libraries: dialogs, and the work beside the window that follows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from briefer.domain.backups import Backup
from briefer.domain.passphrases import Passphrase
from briefer.domain.rescue import Rescued
from briefer.domain.tags import Vocabulary
from briefer.errors import KnownError
from briefer.in_use import SUFFIX
from briefer.services.backups import UNREADABLE
from briefer.ui.context import Context
from briefer.ui.taking import Taking, usual_folder
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.backups import Backups
    from briefer.services.desk import Desk, Opener

    _Opened = tuple[Desk, Vocabulary, str, bool]


class Libraries(QObject):
    """The doors of the library: open, new, sample, back up, restore; ``taking`` is told when one is open."""

    opened = Signal(str)
    """A library is open; the id of a brief to show, or nothing."""
    entering = Signal(str)
    """Another library is on its way, or a new one; with the words for it."""
    failed = Signal()
    """A library could not be opened; the former one, if any, stays."""
    unreadable = Signal(object, object)
    """The path of a library that cannot be read, but has a good backup or may be saved in part, and the :class:`KnownError`."""
    locked = Signal(object, str)
    """The path of an encrypted library whose passphrase is needed, and the id of the brief to show then."""
    rescued = Signal(object)
    """What could be saved of a damaged library has come into a new one, which is being opened: a :class:`Rescued`."""
    told = Signal(str)
    """A sentence that tells of nothing wrong."""
    indexed = Signal(int, int)
    """While a library opens that another version had made: how much of its index is made anew, of how much."""

    def __init__(self, opener: Opener, context: Context, taking: Taking, window: QWidget) -> None:
        super().__init__(window)
        self._opener = opener
        self._context = context
        self._window = window
        self._taking = taking
        taking.library_wanted.connect(self.open)
        self._given: dict[Path, Passphrase] = {}  # for what cannot be opened with them, but perhaps restored

    def open(
        self,
        path: Path,
        brief: str = "",
        files: Sequence[Path] = (),
        passphrase: Passphrase | None = None,
    ) -> None:
        """Open a library beside the window, upgrading an older one; ``files`` are imported into it.

        The passphrase of an encrypted one is looked up in the keyring where none is given.
        """
        self._taking.wait(files)
        desk = self._open_at(path)
        label = self.tr("Opening the library…")
        if desk is not None:
            if desk.library.read_only:
                # It has to be let go here before it can be held.
                present = desk.library.passphrase
                self.while_closed(path, lambda: None, (present, present), label)
                return
            # It is held here already, and cannot be held twice.
            self.opened.emit(brief)
            self._taking.take_waiting()
            return
        if passphrase is not None:
            self._given[path] = passphrase

        def work() -> _Opened:
            known = passphrase or self._opener.protection(path).recall()
            desk = self._opener.open(path, hold=True, passphrase=known, progress=self._tell_indexed)
            return _ready(desk, brief)

        self._enter(path, work, label, brief)

    def open_again(self) -> None:
        """Open the open library anew: it may be held or written by now."""
        if self._context.desk is not None:
            self.open(self._context.desk.library.path)

    def create(self, path: Path, passphrase: Passphrase | None = None) -> None:
        """Make a new library and open it; with a passphrase, an encrypted one."""
        self._enter(
            path,
            lambda: _ready(self._held(self._opener.create(path, passphrase)), ""),
            self.tr("Making the library…"),
        )

    def backups(self, path: Path) -> Backups:
        """Return the backups of the open library, or of one that cannot be opened."""
        desk = self._open_at(path)
        return desk.backups if desk is not None else self._opener.backups(path, self._given.get(path))

    def sample(self, path: Path) -> None:
        """Make the sample library and open it; one that is there already is opened as it is."""
        if path.exists():
            self.open(path)
            return

        def make() -> _Opened:
            desk, brief = self._opener.sample(path, self._tell_progress)
            return _ready(self._held(desk), brief)

        self._enter(path, make, self.tr("Making the sample library…"))

    def ask_open(self) -> None:
        """Ask which library to open."""
        name, _filter = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a library"), str(usual_folder(self._context)), self._pattern()
        )
        if name:
            self.open(Path(name))

    def ask_new(self) -> None:
        """Ask where the new library goes."""
        path = self.ask_new_place()
        if path is not None:
            self.create(path)

    def ask_new_place(self) -> Path | None:
        """Ask where a new library goes, and return it; None where nobody wants one."""
        return self._ask_place(self.tr("New library"), "library")

    def ask_sample(self) -> None:
        """Ask where the sample library goes."""
        path = self._ask_place(self.tr("Where shall the sample library go?"), "sample", confirm=False)
        if path is not None:
            self.sample(path)

    def ask_backup(self) -> None:
        """Ask where a copy of the library goes, and write it."""
        desk = self._context.desk
        if desk is None:
            return
        stem = desk.library.path.stem
        path = self._ask_place(self.tr("Back up the library"), fill(self.tr("%1 backup"), stem))
        if path is not None:
            self._context.run(lambda: desk.library.backup(path), lambda _none: None, self.tr("Backing up…"))

    def ask_rescue(self, damaged: Path) -> None:
        """Ask where the new library goes that what can be read of a damaged one is saved into, and save it."""
        path = self._ask_place(
            self.tr("Save what can be read into a new library"), fill(self.tr("%1 saved"), damaged.stem)
        )
        if path is None:
            return

        def saved(rescued: Rescued) -> None:
            self.open(path, passphrase=self._given.get(damaged))
            self.rescued.emit(rescued)

        self._context.run(
            lambda: self._opener.rescue(damaged, path, self._tell_progress, self._given.get(damaged)),
            saved,
            self.tr("Saving what can be read…"),
            failed=self._refused,
        )

    def restore(self, path: Path, backup: Backup) -> None:
        """Go back to a backup of a library, closing it meanwhile where it is open; it is open afterwards.

        Where that fails, the library is opened as it was, and the reason told.
        """
        desk = self._open_at(path)
        passphrase = desk.library.passphrase if desk is not None else self._given.get(path)

        def restore() -> None:
            self._opener.backups(path, passphrase).restore(backup)

        self.while_closed(
            path,
            restore,
            (passphrase, passphrase),
            self.tr("Going back to the backup…"),
            lambda: self.told.emit(self.tr("The library is as it was at the time of the backup.")),
        )

    def while_closed(
        self,
        path: Path,
        change: Callable[[], None],
        passphrases: tuple[Passphrase | None, Passphrase | None],
        label: str,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Close the library, change its file beside the window, open it again, and say that it is ``changed``.

        ``passphrases`` open it before and afterwards. Where the change fails, the reason is told.
        """
        self._context.leave(lambda: self._while_closed(path, change, passphrases, label, changed))

    def _while_closed(
        self,
        path: Path,
        change: Callable[[], None],
        passphrases: tuple[Passphrase | None, Passphrase | None],
        label: str,
        changed: Callable[[], None],
    ) -> None:
        former = self._context.desk
        self._context.jobs.drop_reads()
        self._context.set_desk(None)

        def work() -> tuple[_Opened, KnownError | None]:
            if former is not None:
                former.close()
            failure = None
            try:
                change()
            except KnownError as error:
                failure = error
            passphrase = passphrases[0 if failure else 1]
            return _ready(self._opener.open(path, hold=True, passphrase=passphrase), ""), failure

        def done(result: tuple[_Opened, KnownError | None]) -> None:
            opened, failure = result
            self._show_open(*opened)
            if failure is None:
                changed()
            else:
                self._context.problem.emit(failure)

        def go() -> None:
            self._context.run(work, done, label, failed=self._refused, writes=True)

        self._taking.importer.stop_all(go)

    def _enter(self, path: Path, work: Callable[[], _Opened], label: str, brief: str = "") -> None:
        def refused(error: KnownError) -> None:
            if error.code == "library-encrypted":
                self.failed.emit()
                self.locked.emit(path, brief)
                return
            self._refused(error)
            if error.code in UNREADABLE:
                self._look_for_backup(path, error)

        def go() -> None:
            self.entering.emit(label)
            self._context.run(work, self._show, label, failed=refused, writes=True)

        self._context.leave(go)

    def _look_for_backup(self, path: Path, error: KnownError) -> None:
        given = self._given.get(path)

        def look() -> tuple[Backup | None, bool]:
            if given is None and self._opener.protection(path).needs_passphrase:
                return None, True
            return self._opener.backups(path, given).newest_sound(), False

        def offer(found: tuple[Backup | None, bool]) -> None:
            backup, locked = found
            if locked:
                self.locked.emit(path, "")
            elif backup is not None or error.code in {"library-damaged", "library-foreign"}:
                self.unreadable.emit(path, error)

        self._context.run(look, offer)

    def _open_at(self, path: Path) -> Desk | None:
        """Return the open library's services if it is the one at that path."""
        desk = self._context.desk
        return desk if desk is not None and file_of(desk.library.path) == file_of(path) else None

    def _held(self, desk: Desk) -> Desk:
        """Hold a library that was just made."""
        desk.close()
        return self._opener.open(desk.library.path, hold=True, passphrase=desk.library.passphrase)

    def _show(self, result: _Opened) -> None:
        # An import under way writes into the former library, which is closed below.
        self._taking.importer.stop_all(lambda: self._change_over(*result))

    def _change_over(self, desk: Desk, vocabulary: Vocabulary, brief: str, empty: bool) -> None:
        former = self._context.desk
        self._context.jobs.drop_reads()
        self._show_open(desk, vocabulary, brief, empty)
        if former is not None:
            self._context.run(former.close, lambda _none: None, writes=True)

    def _show_open(self, desk: Desk, vocabulary: Vocabulary, brief: str, empty: bool) -> None:
        self._given.clear()
        self._context.settings.remember(desk.library.path.absolute())
        self._context.set_desk(desk, vocabulary, empty=empty)
        self.opened.emit(brief)
        if desk.library.on_network:
            self.told.emit(
                self.tr(
                    "This library lies on a network drive: it is kept in a slower, safe mode. Keep large ones on a disk of this computer."
                )
            )
        self._taking.take_waiting()

    def _refused(self, error: KnownError) -> None:
        if self._context.desk is not None:
            self._taking.forget_waiting()
        self._context.problem.emit(error)
        self.failed.emit()

    def _tell_progress(self, done: int, total: int, name: str) -> None:
        # Called on a worker's thread: a signal to a label of the window is queued by Qt.
        self._context.working.emit(fill(self.tr("%1 of %2: %3"), done, total or "…", name) if name else "")

    def _tell_indexed(self, done: int, total: int, _what: str) -> None:
        # On a worker's thread, as above. Large libraries of other versions take minutes.
        made = self.tr("Making the search index of this version: %1 of %2")
        self._context.working.emit(fill(made, f"{done:,}", f"{total:,}"))
        self.indexed.emit(done, total)
        if done == total:
            self._context.working.emit(self.tr("Putting the search index in order…"))

    def _ask_place(self, title: str, stem: str, *, confirm: bool = True) -> Path | None:
        options = QFileDialog.Option(0) if confirm else QFileDialog.Option.DontConfirmOverwrite
        suggestion = str(usual_folder(self._context) / f"{stem}{SUFFIX}")
        name, _filter = QFileDialog.getSaveFileName(
            self._window, title, suggestion, self._pattern(), options=options
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

    def _pattern(self) -> str:
        return self.tr("Briefer libraries (*.briefer)")


def file_of(path: Path) -> Path:
    """Return what tells whether two paths are of one file."""
    return path.absolute().resolve()


def _ready(desk: Desk, brief: str) -> _Opened:
    """Return an open library with what the window has to know before it is shown."""
    return desk, desk.terms.vocabulary(), brief, desk.find.is_empty()
