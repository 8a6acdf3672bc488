"""What a form's values are called in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from briefer.domain.documents import HeadingNumbering
from briefer.domain.forms import Each, Fill
from briefer.domain.tags import TagKind


def section_types() -> tuple[tuple[str, str], ...]:
    """Return the types of section with their names, in the usual order of a brief."""
    tr = QCoreApplication.translate
    return (
        ("basis", tr("Forms", "Basis (written by Briefer)")),
        ("ask", tr("Forms", "Recommendation")),
        ("logistics", tr("Forms", "Arrangements")),
        ("objectives", tr("Forms", "Objectives")),
        ("say", tr("Forms", "Points to make")),
        ("if-raised", tr("Forms", "If raised")),
        ("qa", tr("Forms", "Questions and answers")),
        ("background", tr("Forms", "Background")),
        ("considerations", tr("Forms", "Considerations")),
        ("press", tr("Forms", "Press line")),
        ("people", tr("Forms", "People")),
        ("annex", tr("Forms", "Annex")),
        ("coverage", tr("Forms", "Evidence at a glance (written by Briefer)")),
        ("sources", tr("Forms", "Sources (written by Briefer)")),
    )


def repetitions() -> tuple[tuple[Each, str], ...]:
    """Return what a section may be repeated by."""
    tr = QCoreApplication.translate
    return (
        (Each.NONE, tr("Forms", "once")),
        (Each.RISK, tr("Forms", "once for each risk")),
        (Each.PARTNER, tr("Forms", "once for each partner")),
    )


def fillings() -> tuple[tuple[Fill, str], ...]:
    """Return what a new section may be filled with."""
    tr = QCoreApplication.translate
    return ((Fill.NOTHING, tr("Forms", "nothing")), (Fill.EXCERPTS, tr("Forms", "the excerpts that fit")))


def numberings() -> tuple[tuple[HeadingNumbering, str], ...]:
    """Return how headings may be numbered."""
    tr = QCoreApplication.translate
    return (
        (HeadingNumbering.NONE, tr("Forms", "none")),
        (HeadingNumbering.DECIMAL, "1, 1.1, 1.1.1"),
        (HeadingNumbering.JAPANESE, "第1, 1, (1)"),
    )


def yardsticks() -> tuple[tuple[str, str], ...]:
    """Return the scales of likelihood."""
    tr = QCoreApplication.translate
    return (("", tr("Forms", "none")), ("icd-203", "ICD 203 (US)"), ("phia", "PHIA (UK)"))


def needs() -> tuple[tuple[tuple[TagKind, ...], str], ...]:
    """Return what a brief of a form may have to be about."""
    tr = QCoreApplication.translate
    return (
        ((), tr("Forms", "anything")),
        ((TagKind.PARTNER,), tr("Forms", "a partner")),
        ((TagKind.RISK,), tr("Forms", "a risk")),
        ((TagKind.PARTNER, TagKind.RISK), tr("Forms", "a partner and a risk")),
        ((TagKind.THEME,), tr("Forms", "a theme")),
    )


def fault_words(field: str, why: str) -> str:
    """Return a fault as the window tells it; ``why`` is what the form's own rules say."""
    tr = QCoreApplication.translate
    words = {
        "id": tr("Forms", "Small letters, digits and hyphens, please."),
        "name_en": tr("Forms", "A form needs a name."),
        "title_en": tr("Forms", "Only {subject} may stand in braces."),
        "title_ja": tr("Forms", "Only {subject} may stand in braces."),
        "least_grade": tr("Forms", "A letter A to F, and perhaps a figure 1 to 6."),
        "heading_en": tr("Forms", "A section needs a heading."),
        "sections": tr("Forms", "A form needs at least one section."),
    }
    return words.get(field, why)
