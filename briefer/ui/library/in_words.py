"""What the Library says of excerpts, sources and groups, in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from briefer.domain.dates import in_words
from briefer.domain.results import Hit, SourceHit, Why
from briefer.domain.sources import Source
from briefer.services.curate import becoming
from briefer.ui.context import Context
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.collect import SourceView

_DAYS_OF_TWO_YEARS = 730


def date_of(source: Source, context: Context) -> str:
    """Return a source's date in words; in brackets where it was not written out; «n.d.» for none."""
    if source.published.value is None:
        return context.tr("n.d.")
    text = in_words(source.published.value, context.language)
    return text if source.published.certain else f"[{text}]"


def publisher_of(source: Source, context: Context) -> str:
    """Return who published a source, or that this is not known."""
    return source.publisher or source.container or context.tr("publisher not stated")


def confirming(view: SourceView) -> str:
    """Return what confirming all suggestions of a source does: «Confirm all 23: 5 new excerpts»."""
    tr = QCoreApplication.translate
    told = counted(len(view.suggestions), tr("SourcePane", "Confirm it"), tr("SourcePane", "Confirm all %1"))
    new = becoming(view.snapshot, view.excerpts, view.suggestions)
    if not new:
        return told
    makes = counted(new, tr("SourcePane", "1 new excerpt"), tr("SourcePane", "%1 new excerpts"))
    return fill(tr("SourcePane", "%1: %2"), told, makes)


def meta_of_hit(hit: Hit, context: Context, *, short: bool = False) -> str:
    """Return «publisher · date · ¶ n · graded B2 · used in 2 briefs»; ``short`` says nothing of what is not graded."""
    excerpt, source = hit.excerpt, hit.source
    parts = [publisher_of(source, context), date_of(source, context)]
    if excerpt.paragraph is not None:
        parts.append(fill(context.tr("¶ %1"), excerpt.paragraph))
    grade = f"{source.reliability}{excerpt.credibility}"
    if grade != "F6":
        parts.append(fill(context.tr("graded %1"), grade))
    elif not short:
        parts.append(context.tr("not graded"))
    if hit.used_in:
        parts.append(counted(hit.used_in, context.tr("used in 1 brief"), context.tr("used in %1 briefs")))
    return " · ".join(parts)


def heading_in_words(label: str, number: int, context: Context, *, folded: bool) -> str:
    """Return «India, 35 excerpts», and whether they are folded away."""
    count = counted(number, context.tr("1 excerpt"), context.tr("%1 excerpts"))
    told = context.tr("%1, %2, folded") if folded else context.tr("%1, %2")
    return fill(told, label, count)


def why_in_words(why: Why, context: Context) -> str:
    """Return why a hit stands where it does: «matches 3 words, 4 days old, B2»."""
    parts = []
    if why.asked and why.words < why.asked:
        parts.append(fill(context.tr("matches %1 of %2 words"), why.words, why.asked))
    elif why.asked:
        parts.append(counted(why.words, context.tr("matches 1 word"), context.tr("matches %1 words")))
    if why.aside:
        place = _place(why.where, context)
        only = context.tr("only %1") if why.aside == why.words else context.tr("%2 only %1")
        parts.append(fill(only, place, why.aside))
    if why.days is None:
        parts.append(context.tr("no date"))
    elif why.days < 0:
        parts.append(counted(-why.days, context.tr("dated 1 day ahead"), context.tr("dated %1 days ahead")))
    elif why.days < _DAYS_OF_TWO_YEARS:
        parts.append(counted(why.days, context.tr("1 day old"), context.tr("%1 days old")))
    else:
        parts.append(fill(context.tr("%1 years old"), why.days // 365))
    parts.append(context.tr("not graded") if why.grade == "F6" else why.grade)
    return ", ".join(parts)


def _place(field: str, context: Context) -> str:
    places = {
        "translation": context.tr("in the translation"),
        "title": context.tr("in the title"),
        "speaker": context.tr("in the speaker"),
        "comment": context.tr("in the comment"),
        "publisher": context.tr("in the publisher"),
        "publication": context.tr("in the publication"),
    }
    return places.get(field) or context.tr("beside the quotation")


def meta_of_source(hit: SourceHit, context: Context) -> str:
    """Return «publisher · date · n excerpts»."""
    parts = [publisher_of(hit.source, context), date_of(hit.source, context)]
    if hit.excerpts:
        parts.append(counted(hit.excerpts, context.tr("1 excerpt"), context.tr("%1 excerpts")))
    else:
        parts.append(context.tr("no excerpts yet"))
    return " · ".join(parts)
