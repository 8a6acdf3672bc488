"""What an exported document carries about itself, so that it can be verified without the library.

The manifest travels in the file (in Word a custom XML part, as JSON). It names everything that the reader of
the file sees anyway: it never holds text or facts of excerpts that are not in the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefer.domain.accounts import NO_ACCOUNT, Account

FORMAT = 1


@dataclass(frozen=True)
class QuotationRecord:
    """One quotation block as it was exported.

    ``anchor`` is the block's id, ``section`` that of the heading above. ``shown`` is the quotation's text as it
    stands in the document, ``lead`` and ``tail`` what its paragraph says around it (portion mark; speaker, citation
    in the text). ``digest`` is that of the excerpt's text, of which ``shown`` is an ``edited`` form or the whole;
    words that were left out of the document are not in its record either. ``snapshot_sha256`` is the digest of the
    original bytes that the excerpt stands in, ``start`` and ``end`` its span there in characters; ``paragraph`` and
    ``page`` its place for people.
    """

    anchor: str
    excerpt_id: str
    source_id: str
    snapshot_sha256: str
    start: int
    end: int
    shown: str
    digest: str
    edited: bool = False
    lead: str = ""
    tail: str = ""
    section: str = ""
    paragraph: int | None = None
    page: str | None = None


@dataclass(frozen=True)
class CitationRecord:
    """One formatted citation: the number of its note (0 in the text), its excerpts, its plain text.

    Of a note ``text`` is all that it says. A note that cites nothing has a record without id and excerpts.
    ``anchor`` is the id of the block in which it stands, empty where that has none of its own.
    """

    id: str
    note: int
    excerpt_ids: tuple[str, ...]
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class ExcerptRecord:
    """An excerpt that the document cites without quoting it in a block: its place, and the digest of its text."""

    excerpt_id: str
    source_id: str
    snapshot_sha256: str
    start: int
    end: int
    digest: str
    paragraph: int | None = None
    page: str | None = None


@dataclass(frozen=True)
class Manifest:
    """What a document is: the brief's id, version, form, citation style, language, marking.

    ``marking`` is the text of the marking, and ``marked`` are the places where it is shown (``header``, ``footer``,
    and ``text`` for its repetition on the first page). ``works`` are the CSL-JSON of every cited source by id, and
    ``flags`` what was said of a source at the export («withdrawn»); ``options`` names the choices of the export that
    differ from the usual ones. ``account`` is what the document's annex tells of checks and exports, empty where it
    has none.
    """

    brief_id: str
    version: int
    form: str
    style: str
    language: str
    title: str
    marking: str = ""
    marked: tuple[str, ...] = ()
    format: int = FORMAT
    options: dict[str, object] = field(default_factory=dict)
    works: dict[str, dict[str, object]] = field(default_factory=dict)
    flags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    quotations: tuple[QuotationRecord, ...] = ()
    citations: tuple[CitationRecord, ...] = ()
    cited: tuple[ExcerptRecord, ...] = ()
    account: Account = NO_ACCOUNT
