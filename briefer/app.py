"""Composition root: the one module that knows every part and connects them.

Adapters are imported when a library is first opened, so that the window paints before SQLAlchemy and lxml are
loaded (they double the time to the first paint), and so that the command line never loads Qt.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from platformdirs import user_config_path

from briefer import assets, in_use
from briefer.atomic import computer
from briefer.domain.forms import Form
from briefer.domain.holders import Holder
from briefer.domain.markings import MarkingScheme
from briefer.domain.passphrases import Passphrase
from briefer.domain.rescue import Rescued
from briefer.domain.tags import Vocabulary

if TYPE_CHECKING:
    from briefer.domain.sources import Capture
    from briefer.services.backups import Backups
    from briefer.services.desk import Desk
    from briefer.services.ports import IntakeReader, Library, Progress, Taken
    from briefer.services.protection import Protection
    from briefer.services.styles import Styles
    from briefer.services.templates import Templates
    from briefer.services.verify import Verify

_NO_WINDOW = 2
_Data = TypeVar("_Data")


def main(arguments: Sequence[str]) -> int:
    """Run a command, or open the window when the arguments name none; return the exit status."""
    from briefer.cli import is_command, run_command

    opener = LibraryOpener()
    if is_command(arguments):
        return run_command(arguments, opener, open_window)
    paths = [Path(argument) for argument in arguments]
    library = next((path for path in paths if path.suffix == in_use.SUFFIX), None)
    return open_window(library, None, [path for path in paths if path != library])


def open_window(library: Path | None, brief: str | None, files: Sequence[Path] = ()) -> int:
    """Open the window on a library (the last one where None) and import ``files`` into it.

    Returns the exit status at the window's end.
    """
    reason = _no_display()
    if reason:
        print(f"briefer: {reason}", file=sys.stderr)
        return _NO_WINDOW
    try:
        from briefer.ui import run_window
    except ImportError as error:
        print(f"briefer: Qt cannot start here ({error}); the README lists what it needs.", file=sys.stderr)
        return _NO_WINDOW
    return run_window(LibraryOpener(), library, brief, files)


class LibraryOpener:
    """Opens libraries with all adapters connected.

    ``intake`` makes what reads files for a library: beside the program where nothing is said.
    """

    def __init__(self, intake: Callable[[], IntakeReader] | None = None) -> None:
        self._intake = intake or _isolated

    def create(self, path: Path, passphrase: Passphrase | None = None) -> Desk:
        """Make a new library with the starter vocabulary, encrypted with a passphrase if there is one."""
        from briefer.storage import create_library

        made = create_library(path, _vocabulary(), who=_user(), passphrase=passphrase)
        return desk_over(made, self._intake())

    def open(
        self,
        path: Path,
        *,
        hold: bool = False,
        passphrase: Passphrase | None = None,
        progress: Progress | None = None,
    ) -> Desk:
        """Open a library, upgrading it (after a backup) where it is older; with ``hold`` for oneself."""
        from briefer.storage import open_library

        me = _me() if hold else None
        opened = open_library(path, me=me, who=_user(), passphrase=passphrase, progress=progress)
        return desk_over(opened, self._intake())

    def sample(self, path: Path, progress: Progress | None = None) -> tuple[Desk, str]:
        """Make a new library from the sample documents; returns it with the id of its sample brief."""
        from briefer.services.samples import build_sample

        desk = self.create(path)
        return desk, build_sample(desk, progress)

    def backups(self, path: Path, passphrase: Passphrase | None = None) -> Backups:
        """Return the automatic backups of a library, without opening it."""
        from briefer.services.backups import Backups
        from briefer.storage import BackupFolder

        return Backups(BackupFolder(path, passphrase), _now, _user())

    def protection(self, path: Path) -> Protection:
        """Return the encrypting of a library that is not open."""
        return _protection(path)

    def rescue(
        self,
        path: Path,
        target: Path,
        progress: Progress | None = None,
        passphrase: Passphrase | None = None,
    ) -> Rescued:
        """Make a new library at ``target`` of what can be read of a damaged one."""
        from briefer.storage.rescue import rescue

        intake = self._intake()

        def reread(taken: Taken) -> list[Capture]:
            return [outcome.capture for outcome in intake.read([taken]) if outcome.capture]

        try:
            return rescue(path, target, passphrase, progress, reread)
        finally:
            intake.close()

    def templates(self) -> Templates:
        """Return the looking at house templates, which belong to no library."""
        from briefer.export import HouseTemplates
        from briefer.services.templates import Templates

        return Templates(HouseTemplates())

    def styles(self) -> Styles:
        """Return the citation styles of the user, which belong to no library; close them in the end."""
        from briefer.citing import CslCiter
        from briefer.services.styles import Styles

        return Styles(CslCiter(_styles()), _styles())

    def verify(self) -> Verify:
        """Return the verification of exported files without a library."""
        from briefer.export import Returns
        from briefer.services.verify import Verify

        return Verify(Returns())


def desk_over(library: Library, intake: IntakeReader) -> Desk:
    """Return the services over an open library."""
    from briefer.citing import CslCiter
    from briefer.export import HouseTemplates, Returns, Writers
    from briefer.markup import MarkdownMarkup
    from briefer.services.backups import Backups
    from briefer.services.bulk import Bulk
    from briefer.services.collect import Collect
    from briefer.services.compose import Compose
    from briefer.services.curate import Curate
    from briefer.services.desk import Desk
    from briefer.services.exchange import Exchange
    from briefer.services.find import Find
    from briefer.services.forms import Forms
    from briefer.services.importing import Importing
    from briefer.services.preferred import Preferred
    from briefer.services.publish import Press, Publish
    from briefer.services.recapture import Recapture
    from briefer.services.record import Record
    from briefer.services.renewal import Renewal
    from briefer.services.review import Review
    from briefer.services.searches import Searches
    from briefer.services.styles import Styles
    from briefer.services.templates import Templates
    from briefer.services.terms import Terms
    from briefer.services.trash import Trash
    from briefer.services.usage import Usage
    from briefer.services.verify import Verify
    from briefer.storage import BackupFolder

    record = Record(library, _now, _user())
    trash = Trash(library, _now, record)
    forms = Forms(library, {form.id: form for form in _load_all("forms", Form)}, record, trash)
    markings = _load_all("markings", MarkingScheme)
    compose = Compose(library, forms, _now, record, trash)
    collect = Collect(library, intake, record, trash, markings)
    exchange = Exchange(library, intake, _now, record)
    citer = CslCiter(_styles())
    markup = MarkdownMarkup()
    review = Review(library, forms, compose, markings, _now, record)
    return Desk(
        library=library,
        intake=intake,
        importing=Importing(library, intake, collect, exchange, clock=_now, record=record, trash=trash),
        collect=collect,
        recapture=Recapture(library, _now, record, trash),
        curate=Curate(library, _now, record, trash, markings),
        bulk=Bulk(library, compose, record),
        terms=Terms(library, record, trash),
        find=Find(library, _now),
        searches=Searches(library, _now, trash),
        forms=forms,
        compose=compose,
        renewal=Renewal(library, forms, compose, _now),
        publish=Publish(
            library,
            Press(markup, citer, Writers(), HouseTemplates()),
            review=review,
            forms=forms,
            record=record,
            markings=markings,
            clock=_now,
        ),
        styles=Styles(citer, _styles()),
        templates=Templates(HouseTemplates()),
        record=record,
        trash=trash,
        review=review,
        usage=Usage(library),
        verify=Verify(Returns(), library),
        exchange=exchange,
        backups=Backups(BackupFolder(library.path, library.passphrase, library_id=library.id), _now, _user()),
        protection=_protection(library.path, library.id),
        markings=markings,
        preferred=Preferred(library, record, markings),
        markup=markup,
    )


def _protection(path: Path, library_id: str | None = None) -> Protection:
    from briefer.remembering import SystemKeyring
    from briefer.services.protection import Protection
    from briefer.storage.vault import LibraryVault

    return Protection(LibraryVault(path, library_id), SystemKeyring(), _me)


def _isolated() -> IntakeReader:
    from briefer.intake.isolation.isolated import IsolatedIntake

    return IsolatedIntake()


def _now() -> datetime:
    return datetime.now(UTC)


def _me() -> Holder:
    return Holder(_user(), computer(), os.getpid(), _now())


def _user() -> str:
    """Return who works here, as the system names them; nothing where it names nobody."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _styles() -> Path:
    """Return the folder of the user's citation styles; it need not exist."""
    return user_config_path("Briefer", appauthor=False) / "styles"


def _vocabulary() -> Vocabulary:
    data = (assets.resources() / "vocabulary" / "starter.json").read_bytes()
    return msgspec.json.decode(data, type=Vocabulary)


def _load_all(folder: str, kind: type[_Data]) -> tuple[_Data, ...]:
    files = sorted((assets.resources() / folder).glob("*.json"))
    return tuple(msgspec.json.decode(file.read_bytes(), type=kind) for file in files)


def _no_display() -> str:
    """Return why no window can be opened here, or nothing."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    return "there is no display for a window; the commands work without one (briefer --help)."
