"""What excerpts are counted by at the left of the Library: the kinds, their names, the names of their values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from briefer.domain.queries import Field, as_typed
from briefer.domain.results import Facets
from briefer.domain.tags import Tag, TagKind
from briefer.ui.context import Context
from briefer.ui.library.query_text import Filter, ticked, without_field
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk

_NOT_GRADED = "F6"


@dataclass(frozen=True)
class FacetKind:
    """A kind: the field of the query language that filters by it, its counts' name in :class:`Facets`."""

    field: Field
    counts: str
    open: bool = False
    """Whether it is unfolded until a person folds it."""

    def of(self, facets: Facets) -> dict[str, int]:
        """Return the counts of this kind, by value."""
        counted: dict[str, int] = getattr(facets, self.counts)
        return counted

    def ordered(self, counts: dict[str, int], context: Context) -> list[tuple[str, str, int]]:
        """Return value, label and count, in the order in which people look for them."""
        entries = [(value, value_label(self.field, value, context), count) for value, count in counts.items()]
        if self.field is Field.DATE:
            return sorted(entries, key=lambda entry: entry[0], reverse=True)
        if self.field is Field.GRADE:
            return sorted(entries)
        return sorted(entries, key=lambda entry: (-entry[2], entry[1]))


KINDS = (
    FacetKind(Field.PARTNER, "partner", open=True),
    FacetKind(Field.RISK, "risk", open=True),
    FacetKind(Field.THEME, "theme", open=True),
    FacetKind(Field.FREE, "free"),
    FacetKind(Field.PUBLISHER, "publisher"),
    FacetKind(Field.DATE, "year"),
    FacetKind(Field.LANG, "language"),
    FacetKind(Field.GRADE, "grade"),
    FacetKind(Field.USED, "used"),
)


def kind_label(field: Field) -> str:
    """Return the heading of a kind."""
    tr = QCoreApplication.translate
    return {
        Field.PARTNER: tr("Facets", "Partners"),
        Field.RISK: tr("Facets", "Risks"),
        Field.THEME: tr("Facets", "Themes"),
        Field.FREE: tr("Facets", "Free tags"),
        Field.PUBLISHER: tr("Facets", "Publishers"),
        Field.DATE: tr("Facets", "Years"),
        Field.LANG: tr("Facets", "Languages"),
        Field.GRADE: tr("Facets", "Grades"),
        Field.USED: tr("Facets", "Use in briefs"),
    }[field]


def value_label(field: Field, value: str, context: Context) -> str:
    """Return what a person reads for a value that facets count by."""
    tr = QCoreApplication.translate
    if field in {Field.PARTNER, Field.RISK, Field.THEME, Field.FREE}:
        return context.label(Tag(TagKind(field.value), value))
    if field is Field.LANG and value:
        return language_label(value)
    if field is Field.GRADE and value == _NOT_GRADED:
        return tr("Facets", "not graded")
    if field is Field.USED:
        return tr("Facets", "used in a brief") if value == "yes" else tr("Facets", "not used yet")
    if field is Field.DATE and not value:
        return tr("Facets", "n.d.")
    return value or tr("Facets", "not stated")


def filter_label(found: Filter, context: Context) -> str:
    """Return what a person reads for a filter of a query."""
    value = found.value
    if found.field is Field.PUBLISHER and value.startswith("="):
        label = value_label(found.field, value[1:], context)
    elif found.field in {Field.DATE, Field.LANG} and value.casefold() == "none":
        label = f"{found.field}: {value_label(Field.LANG, '', context)}"
    elif found.field in {Field.LANG, Field.USED} and value:
        label = value_label(found.field, value.casefold(), context)
    else:
        label = context.label(found.tag) if found.tag else f"{found.field} {value}".strip()
    return fill(QCoreApplication.translate("Facets", "not %1"), label) if found.negated else label


def language_label(code: str) -> str:
    """Return the name of a language, by its primary subtag."""
    tr = QCoreApplication.translate
    names = {"en": tr("Facets", "English"), "ja": tr("Facets", "Japanese")}
    language = QLocale.codeToLanguage(code)
    known = language is not QLocale.Language.AnyLanguage
    return names.get(code) or (QLocale.languageToString(language) if known else code)


def counts_of(desk: Desk, text: str) -> Facets:
    """Count what a query finds (on a worker's thread).

    A kind with something ticked is counted as if nothing of it were: the numbers say how much each other value
    would find.
    """
    from briefer.services.query_language import parse_query

    facets = desk.find.facets(as_typed(parse_query(text), text))
    fields = {field for field, _value in ticked(text)}
    for kind in KINDS:
        if kind.field in fields:
            wider = without_field(text, kind.field)
            found = desk.find.facets(as_typed(parse_query(wider), wider))
            facets = replace(facets, **{kind.counts: kind.of(found)})
    return facets
