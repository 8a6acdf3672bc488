"""Libraries to begin with: the sample, what is exported of it, and such small ones that thousands can be tried."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from briefer.app import LibraryOpener, desk_over
from briefer.domain.editing import add_block
from briefer.domain.excerpts import Annotation
from briefer.domain.passphrases import Passphrase
from briefer.domain.tags import Tag, TagKind, Term, Vocabulary
from briefer.intake import Intake
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.services.ports import Taken
from briefer.storage import create_library

PASSPHRASE = Passphrase("harbour lights at night")
_MODIFIED = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
_TERMS = (
    Term(TagKind.PARTNER, "SE", "Sweden", "スウェーデン"),
    Term(TagKind.RISK, "ports", "Ports", "港湾"),
    Term(TagKind.FREE, "x", "x", "x"),
)
_SMALL_PAGES = 512
"""Of bytes: with these even a small library has trees of pages below pages."""


def sample(folder: Path) -> Path:
    """Return the sample library, made once in ``folder``."""
    library = folder / "sample.briefer"
    if not library.exists():
        LibraryOpener(Intake).sample(folder / "unfinished.briefer")[0].close()
        (folder / "unfinished.briefer").rename(library)
    return library


def exported(folder: Path, suffix: str) -> bytes:
    """Return the sample brief in one of Briefer's formats, made once in ``folder``."""
    file = folder / f"sample.{suffix}"
    if not file.exists():
        library = Path(shutil.copy(sample(folder), folder / "exported.briefer"))
        desk = LibraryOpener(Intake).open(library)
        (brief,) = desk.compose.briefs()
        desk.publish.export(brief.id, file)
        desk.close()
    return file.read_bytes()


def encrypted(folder: Path) -> bytes:
    """Return an encrypted library, made once in ``folder``."""
    file = folder / "encrypted.briefer"
    if not file.exists():
        LibraryOpener(Intake).create(file, passphrase=PASSPHRASE).close()
    return file.read_bytes()


def small(folder: Path, text: str, lines: str) -> list[bytes]:
    """Return a library with a few things in every table, in two sizes of pages, made once in ``folder``.

    ``text`` is an article, ``lines`` are of the bulk form, with excerpts.
    """
    usual, paged = folder / "small.briefer", folder / "small-paged.briefer"
    if not paged.exists():
        unfinished = folder / "unfinished.briefer"
        desk = desk_over(create_library(unfinished, Vocabulary(_TERMS)), Intake())
        _fill(desk, text, lines)
        desk.close()
        unfinished.rename(usual)
        shutil.copy(usual, paged)
        with closing(sqlite3.connect(paged)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute(f"PRAGMA page_size={_SMALL_PAGES}")
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode=WAL")
    return [usual.read_bytes(), paged.read_bytes()]


def _fill(desk: Desk, text: str, lines: str) -> None:
    taken = [
        Taken("note.txt", text.encode(), _MODIFIED),
        Taken("lines.jsonl", lines.encode(), _MODIFIED),
        Taken("gone.txt", text.upper().encode(), _MODIFIED),
    ]
    own, *_, gone = [
        r.source for one in taken for r in desk.importing.import_taken([one]).results if r.source
    ]
    desk.collect.change_source(replace(own, publisher="Harbour Press", accepted=True))
    tags = [Tag(TagKind.PARTNER, "SE"), Tag(TagKind.RISK, "ports")]
    excerpt, _ = desk.curate.mark_quote(
        own.id, "We agreed on a list of ports", Annotation(speaker="Ann Lee"), tags
    )
    brief, _ = desk.compose.create(NewBrief(form="meeting-brief", subjects=(tags[0],), title="Ports"))
    written = prose(f"They *agreed*. [@{excerpt.id}]")
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, b.sections[1].id, written))
    desk.compose.save_version(brief.id, "as sent")
    form = next(form for form in desk.forms.all() if form.id == "meeting-brief")
    desk.forms.save(replace(form, id="own"))
    desk.searches.save("Ports", "ports partner:SE")
    desk.collect.remove_source(gone.id)
