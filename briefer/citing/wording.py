"""Dates and flags in the words of a language. Missing data is said to be missing, never invented."""

from __future__ import annotations

from briefer.citing.pieces import clean
from briefer.domain.dates import MONTHS, Dating, first_day, in_words, is_edtf

_FLAGS = {
    "ai-written": ("AI-written", "AIによる執筆"),
    "ai-assisted": ("AI-assisted", "AIを利用して執筆"),
    "withdrawn": ("withdrawn", "撤回済み"),
    "superseded": ("superseded", "改訂版あり"),
}


def english_day(value: str) -> str:
    """Return an EDTF date as ``December 17, 2025``, as exact as it is; other text unchanged."""
    if not is_edtf(value):
        return clean(value)
    day = first_day(value)
    month = MONTHS[day.month - 1]
    return {4: f"{day.year}", 7: f"{month} {day.year}"}.get(len(value), f"{month} {day.day}, {day.year}")


def japanese_day(value: str) -> str:
    """Return an EDTF date as ``2025年12月17日``, as exact as it is; other text unchanged."""
    return in_words(value, "ja") if is_edtf(value) else clean(value)


def english_date(dating: Dating) -> str:
    """Return when a source was published; what it does not say itself stands in brackets."""
    if dating.value is None:
        return "n.d."
    day = english_day(dating.value)
    return day if dating.certain else f"[{day}]"


def japanese_date(dating: Dating) -> str:
    """As :func:`english_date`, in Japanese."""
    if dating.value is None:
        return "日付不明"
    day = japanese_day(dating.value)
    return day if dating.certain else f"［{day}］"


def flags(given: tuple[str, ...], *, japanese: bool) -> tuple[str, ...]:
    """Return what a reader must be warned of; flags that only matter in the library are left out."""
    return tuple(wording for flag in given if (wording := _flag(clean(flag), japanese=japanese)))


def _flag(flag: str, *, japanese: bool) -> str:
    key = flag.casefold().replace(" ", "-").replace("_", "-")
    if key.startswith("superseded-by"):
        newer = flag[len("superseded by") :].strip(" :")
        if not newer:
            return _flag("superseded", japanese=japanese)
        return f"{newer}に改訂" if japanese else f"superseded by {newer}"
    english, translated = _FLAGS.get(key, ("", ""))
    return translated if japanese else english
