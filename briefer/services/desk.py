"""All use cases over one open library, handed to the window and to the command line as one object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from briefer.domain.markings import MarkingScheme
from briefer.domain.passphrases import Passphrase
from briefer.domain.rescue import Rescued
from briefer.services.backups import Backups
from briefer.services.bulk import Bulk
from briefer.services.collect import Collect
from briefer.services.compose import Compose
from briefer.services.curate import Curate
from briefer.services.exchange import Exchange
from briefer.services.find import Find
from briefer.services.forms import Forms
from briefer.services.importing import Importing
from briefer.services.ports import IntakeReader, Library, Markup, Progress
from briefer.services.preferred import Preferred
from briefer.services.protection import Protection
from briefer.services.publish import Publish
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


@dataclass(frozen=True)
class Desk:
    """The services of one library; ``library`` for its path and backup, ``intake`` for what they all read with."""

    library: Library
    intake: IntakeReader
    importing: Importing
    collect: Collect
    recapture: Recapture
    curate: Curate
    bulk: Bulk
    terms: Terms
    find: Find
    searches: Searches
    forms: Forms
    compose: Compose
    renewal: Renewal
    publish: Publish
    styles: Styles
    templates: Templates
    record: Record
    trash: Trash
    review: Review
    usage: Usage
    verify: Verify
    exchange: Exchange
    backups: Backups
    protection: Protection
    markings: tuple[MarkingScheme, ...]
    preferred: Preferred
    markup: Markup

    def close(self) -> None:
        """End what reads and formats beside the program, and let the library go."""
        self.intake.close()
        self.publish.close()
        self.library.close()


class Opener(Protocol):
    """Opens libraries. What cannot be opened raises :class:`briefer.errors.LibraryError`."""

    def create(self, path: Path, passphrase: Passphrase | None = None) -> Desk:
        """Make a new library with the starter vocabulary, encrypted with a passphrase if there is one."""

    def open(
        self,
        path: Path,
        *,
        hold: bool = False,
        passphrase: Passphrase | None = None,
        progress: Progress | None = None,
    ) -> Desk:
        """Open a library, upgrading it (after a backup) where it is older, and making anew what is found by older rules.

        One that is encrypted needs its passphrase; the codes are ``library-encrypted`` and ``library-passphrase``.

        With ``hold`` nobody else can hold it until it is closed; one that somebody else holds is open for
        reading only, as ``library.read_only`` says.
        """

    def sample(self, path: Path, progress: Progress | None = None) -> tuple[Desk, str]:
        """Make a new library from the sample documents; returns it with the id of its sample brief."""

    def backups(self, path: Path, passphrase: Passphrase | None = None) -> Backups:
        """Return the automatic backups of a library that is not open; encrypted ones need the passphrase."""

    def protection(self, path: Path) -> Protection:
        """Return the encrypting of a library that is not open."""

    def rescue(
        self,
        path: Path,
        target: Path,
        progress: Progress | None = None,
        passphrase: Passphrase | None = None,
    ) -> Rescued:
        """Make a new library at ``target`` of what can be read of a damaged one, which stays as it is."""

    def styles(self) -> Styles:
        """Return the citation styles of the user, which belong to no library; close them in the end."""

    def templates(self) -> Templates:
        """Return the looking at house templates, which belong to no library."""

    def verify(self) -> Verify:
        """Return the verification of exported files without a library."""
