"""Plain and pasted text into a capture."""

from __future__ import annotations

from datetime import datetime

from briefer.domain.sources import Capture
from briefer.intake.binary import refuse_binary
from briefer.intake.captures import MOST_CHARACTERS, MOST_LINES, finish, unjudged
from briefer.intake.encoding import decode
from briefer.intake.format import Format
from briefer.intake.markdown import plainly_markdown, read_markdown
from briefer.intake.pasted.lines import split
from briefer.intake.pasted.reading import read_lines
from briefer.intake.pasted.wrapping import unwrap
from briefer.services.ports import Taken


def read_text(text: str, encoding: str, modified: datetime) -> Capture:
    """Make a capture of a decoded text."""
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        return unjudged(text, encoding, "text/plain")
    read = read_lines(list(unwrap(list(split(text)), text)), modified)
    return finish(text, encoding, "text/plain", read, reference=modified)


def _read(taken: Taken) -> Capture:
    refuse_binary(taken)
    text, encoding = decode(taken.name, taken.data)
    read = read_markdown if plainly_markdown(text) else read_text
    return read(text, encoding, taken.modified)


# A name without a suffix is taken for text, as most systems do.
FORMAT = Format(
    name="text",
    media_types=("text/plain",),
    suffixes=(".txt", ".text", ""),
    read=_read,
)
