"""Warnings about a source, as a document tells them: written by a machine, withdrawn, superseded."""

from __future__ import annotations

from collections.abc import Iterable

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


def _one(flag: str, *, japanese: bool) -> str:
    key = flag.casefold().replace(" ", "-").replace("_", "-")
    if key.startswith("superseded-by"):
        newer = flag[len("superseded by") :].strip(" :")
        if not newer:
            return _one("superseded", japanese=japanese)
        return f"{newer}に改訂" if japanese else f"superseded by {newer}"
    english, translated = _WORDS.get(key, ("", ""))
    return translated if japanese else english
