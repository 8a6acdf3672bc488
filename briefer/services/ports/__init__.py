"""What the use cases need from the outside: Protocols that the adapters satisfy, and the values they exchange."""

from __future__ import annotations

from briefer.services.ports.basics import Clock, Progress
from briefer.services.ports.documents import (
    PLAIN,
    Cite,
    Cited,
    Citer,
    Entry,
    Exporter,
    Markup,
    ReturnReader,
    TemplateReader,
    Told,
)
from briefer.services.ports.intake import (
    AS_ATTACHMENT,
    Found,
    IntakeReader,
    LineReader,
    Lines,
    Outcome,
    PageImage,
    Taken,
)
from briefer.services.ports.library import BackupShelf, Library, PassphraseKeyring, Vault
from briefer.services.ports.storage import (
    BriefRepository,
    ExcerptRepository,
    FormRepository,
    RecordRepository,
    SearchesRepository,
    SearchRepository,
    SourceRepository,
    TrashRepository,
    UnitOfWork,
    VocabularyRepository,
)

__all__ = [
    "AS_ATTACHMENT",
    "PLAIN",
    "BackupShelf",
    "BriefRepository",
    "Cite",
    "Cited",
    "Citer",
    "Clock",
    "Entry",
    "ExcerptRepository",
    "Exporter",
    "FormRepository",
    "Found",
    "IntakeReader",
    "Library",
    "LineReader",
    "Lines",
    "Markup",
    "Outcome",
    "PageImage",
    "PassphraseKeyring",
    "Progress",
    "RecordRepository",
    "ReturnReader",
    "SearchRepository",
    "SearchesRepository",
    "SourceRepository",
    "Taken",
    "TemplateReader",
    "Told",
    "TrashRepository",
    "UnitOfWork",
    "Vault",
    "VocabularyRepository",
]
