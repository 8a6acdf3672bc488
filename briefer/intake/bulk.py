"""Briefer's own bulk form (.jsonl): one source a line, taken in by `services.exchange` and not read here."""

from __future__ import annotations

import re

from briefer.intake.format import Format
from briefer.services.ports import Taken

_FIRST = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:csl|text)"\s*:')


def _is_bulk(taken: Taken) -> bool:
    return taken.name.lower().endswith(".jsonl") and bool(_FIRST.match(taken.data[:4096]))


FORMAT = Format(
    name="bulk form",
    media_types=("application/x-briefer-lines",),
    suffixes=(".jsonl",),
    sniff=_is_bulk,
    limit_mb=200,
)
