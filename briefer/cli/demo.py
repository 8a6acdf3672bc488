"""``briefer demo``: the whole way on the sample documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from briefer import in_use
from briefer.cli.output import progress_bar, say
from briefer.domain.findings import Level
from briefer.errors import InputError
from briefer.services.desk import Desk, Opener

_SUFFIXES = (".docx", ".html", ".md")


def run(
    opener: Opener, open_window: Callable[[Path | None, str | None], int], out: Path, *, window: bool
) -> int:
    """Build the sample library in ``out``, export its brief, say what was made, and open the window.

    What is there from an earlier run is kept: the new files get a number.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("export-unwritable", name=out, detail=error.strerror) from error
    stem = _free_stem(out)
    library = out / f"{stem}.briefer"
    with progress_bar("Building the sample") as progress:
        desk, brief_id = opener.sample(library, progress)
    try:
        written = export_sample(desk, brief_id, out, stem)
        counts = desk.find.counts()
        findings = desk.review.check(brief_id)
        brief = desk.compose.brief(brief_id)
    finally:
        desk.close()
    amber = sum(1 for f in findings if f.level is Level.AMBER)
    print(f"Library   {library}  ({counts.sources} sources, {counts.excerpts} excerpts, all fictional)")
    print(
        f"Brief     “{brief.title}”: {len(brief.sections)} sections, {len(brief.excerpt_ids())} excerpts cited"
    )
    print(f"Checks    {len(findings) - amber} red, {amber} amber")
    for path in written:
        print(f"Exported  {path}")
    if window:
        print(f"Opening the window; next time: briefer {library}")
        if open_window(library, brief_id) != 0:
            say("briefer: the files above are complete all the same.")
    return 0


def export_sample(desk: Desk, brief_id: str, out: Path, stem: str) -> list[Path]:
    """Write the sample brief in some formats, and return the files."""
    written = [out / f"{stem}{suffix}" for suffix in _SUFFIXES]
    for path in written:
        desk.publish.export(brief_id, path)
    return written


def _free_stem(out: Path) -> str:
    number = 1
    while True:
        stem = "sample" if number == 1 else f"sample-{number}"
        if not any((out / f"{stem}{suffix}").exists() for suffix in (in_use.SUFFIX, *_SUFFIXES)):
            return stem
        number += 1
