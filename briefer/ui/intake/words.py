"""Words of the review: concerns, kinds of sources, how a fact became known, languages."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from briefer.domain.attention import Concern, is_ai_flag
from briefer.domain.sources import How, Known, Source
from briefer.ui.context import Context
from briefer.ui.intake.row import Row
from briefer.ui.library.in_words import date_of
from briefer.ui.text import counted, fill

FAIRLY_SURE = 0.75
"""How sure an import is at least of which nothing is told to be looked at."""


def concern_in_words(concern: Concern, row: Row) -> str:
    """Return what to look at, in a few words."""
    tr = QCoreApplication.translate
    if concern is Concern.NO_TEXT:
        return fill(tr("Review", "no readable text (%1): type it in"), row.facts.unreadable)
    if concern is Concern.SAME_STORY:
        return story_in_words(row.copies)
    if concern is Concern.AI_WRITTEN:
        return next(flag for flag in row.source.flags if is_ai_flag(flag))
    return {
        Concern.NO_BODY: tr("Review", "no article found in it"),
        Concern.FOREIGN_LEAD: tr("Review", "its beginning may be another article's"),
        Concern.NO_DATE: tr("Review", "no date"),
        Concern.TITLE_GUESSED: tr("Review", "title guessed"),
        Concern.DATE_INFERRED: tr("Review", "date inferred"),
        Concern.MUCH_FURNITURE: tr("Review", "almost all of it is site furniture"),
        Concern.NO_PUBLISHER: tr("Review", "no publisher"),
    }[concern]


def story_in_words(copies: tuple[str, ...]) -> str:
    """Return which other source tells the same story, and how many carry it."""
    tr = QCoreApplication.translate
    carriers = fill(tr("Review", "%1 carriers"), len(copies) + 1)
    return fill(tr("Review", "the same story as “%1” (%2)"), copies[0], carriers)


def look_at(row: Row) -> str:
    """Return what is to be looked at in a source: all that makes its import less than fairly sure."""
    told = [concern_in_words(concern, row) for concern in row.seen.concerns]
    return "  ·  ".join(told) or _least_sure(row)


def _least_sure(row: Row) -> str:
    """Return which of the facts that are there is not fairly sure, though none of them was guessed."""
    tr = QCoreApplication.translate
    if row.seen.confidence >= FAIRLY_SURE:
        return ""
    names = {"title": tr("Review", "title"), "published": tr("Review", "date")}
    facts = {name: row.source.how(field) for field, name in names.items()}
    told = {How.STATED, How.WRITTEN, How.INFERRED}
    unsure = [name for name, fact in facts.items() if fact.how in told and fact.confidence < FAIRLY_SURE]
    return fill(tr("Review", "%1 not quite sure"), ", ".join(unsure)) if unsure else ""


def published_in_words(source: Source, context: Context) -> str:
    """Return a source's date, in brackets where it is inferred; as written where that is unclear; or that there is none."""
    dating = source.published
    if dating.value is None:
        return (
            f"“{dating.as_written}”" if dating.as_written else QCoreApplication.translate("Review", "no date")
        )
    return date_of(source, context)


def how_in_words(known: Known) -> str:
    """Return how a fact became known, how sure it is, and where it stood."""
    tr = QCoreApplication.translate
    how = {
        How.PERSON: tr("Review", "entered by a person"),
        How.STATED: tr("Review", "stated"),
        How.WRITTEN: tr("Review", "in the text"),
        How.INFERRED: tr("Review", "inferred"),
        How.UNKNOWN: "",
    }[known.how]
    parts = [how]
    if known.how not in {How.PERSON, How.UNKNOWN}:
        parts += [f"{known.confidence:.0%}", known.where]
    return " · ".join(part for part in parts if part)


def kind_in_words(source: Source) -> str:
    """Return what kind of thing a source is."""
    tr = QCoreApplication.translate
    if source.genre:
        return source.genre
    return {
        "article-newspaper": tr("Review", "news article"),
        "article-magazine": tr("Review", "magazine article"),
        "article-journal": tr("Review", "journal article"),
        "article": tr("Review", "article"),
        "paper-conference": tr("Review", "conference paper"),
        "webpage": tr("Review", "web page"),
        "post-weblog": tr("Review", "blog post"),
        "post": tr("Review", "post"),
        "personal_communication": tr("Review", "message"),
        "report": tr("Review", "report"),
        "document": tr("Review", "document"),
        "book": tr("Review", "book"),
        "chapter": tr("Review", "chapter"),
        "speech": tr("Review", "speech"),
        "treaty": tr("Review", "treaty"),
        "legislation": tr("Review", "law"),
        "interview": tr("Review", "interview"),
        "thesis": tr("Review", "thesis"),
    }.get(source.kind, source.kind)


def sure_in_words(confidence: float) -> str:
    """Return how sure an import is, as a percentage."""
    return f"{confidence:.0%}"


def paragraphs_in_words(count: int) -> str:
    """Return how many paragraphs there are."""
    tr = QCoreApplication.translate
    return counted(count, tr("Review", "1 paragraph"), tr("Review", "%1 paragraphs"))


@lru_cache(maxsize=256)
def language_in_words(code: str, window: str) -> str:
    """Return the name of a language in the window's language, or its code where it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_display_name(window) or code
    except (UnknownLocaleError, ValueError):
        return code
