"""Warnings about a source, as a document tells them: written by a machine, withdrawn, superseded."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from briefer.domain.characters import is_japanese, xml_safe

_WORDS = {
    "ai-written": ("AI-written", "AIによる執筆"),
    "ai-assisted": ("AI-assisted", "AIを利用して執筆"),
    "withdrawn": ("withdrawn", "撤回済み"),
    "superseded": ("superseded", "改訂版あり"),
}


def told(flags: Iterable[str], language: str) -> str:
    """Return ``withdrawn; AI-written``, or nothing: flags that only matter in the library are left out."""
    japanese = is_japanese(language)
    found = (_one(" ".join(xml_safe(flag).split()), japanese=japanese) for flag in flags)
    return ("、" if japanese else "; ").join(filter(None, found))


def is_withdrawn(flags: Iterable[str]) -> bool:
    """Whether one of the flags says that the source was withdrawn."""
    return any(flag.casefold().startswith("withdrawn") for flag in flags)


def is_superseded(flags: Iterable[str]) -> bool:
    """Whether one of the flags says that a newer edition is in its place."""
    return any(flag.casefold().startswith("superseded") for flag in flags)


class Standing(StrEnum):
    """Whether a source still stands, was withdrawn by its publisher, or has a newer one in its place."""

    STANDS = ""
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


def standing(flags: Iterable[str]) -> Standing:
    """Return whether a source with these flags stands; what was withdrawn and superseded was withdrawn."""
    flags = tuple(flags)
    if is_withdrawn(flags):
        return Standing.WITHDRAWN
    return Standing.SUPERSEDED if is_superseded(flags) else Standing.STANDS


def successor(flags: Iterable[str]) -> str:
    """Return what a source was superseded by, or nothing where that is not said."""
    found = next((flag for flag in flags if is_superseded((flag,))), "")
    rest = found[len("superseded") :].strip(" -_:")
    return rest[2:].strip(" -_:") if rest.casefold().startswith("by") else rest


def restanding(flags: Iterable[str], wanted: Standing, by: str = "") -> tuple[str, ...]:
    """Return ``flags`` with another standing; ``by`` names what superseded the source."""
    kept = tuple(flag for flag in flags if not is_withdrawn((flag,)) and not is_superseded((flag,)))
    if wanted is Standing.STANDS:
        return kept
    named = " ".join(by.split())
    return (*kept, f"superseded by {named}" if wanted is Standing.SUPERSEDED and named else wanted.value)


def _one(flag: str, *, japanese: bool) -> str:
    key = flag.casefold().replace(" ", "-").replace("_", "-")
    if key.startswith("superseded-by"):
        newer = flag[len("superseded by") :].strip(" :")
        if not newer:
            return _one("superseded", japanese=japanese)
        return f"{newer}に改訂" if japanese else f"superseded by {newer}"
    english, translated = _WORDS.get(key, ("", ""))
    return translated if japanese else english
