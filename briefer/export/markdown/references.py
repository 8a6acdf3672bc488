"""Citations as Pandoc reads them: keys, clusters, and the works as a block of metadata.

Pandoc's manual, «Citation syntax» and «Specifying bibliographic data»: what stands in the metadata is read as
Markdown, and the words for pages and paragraphs are those of the document's language.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.documents import CitationText, CiteItem, Document, Work

_WORDS = 3  # of a name or title in a key
_ARTICLES = frozenset({"a", "an", "the"})
_NOT_WORD = re.compile(r"[\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_YEAR = re.compile(r"[0-9]{4}")
_SPECIAL = re.compile(r"[\\`*_\[\]{}<>~$^@|#;]")
_LIST_START = re.compile(r"^([(+>-]|[0-9A-Za-z]+(?=[.)](?:\s|$)))")
# Printable in YAML 1.2 (5.1) and no line break there; all else of what JSON lets through is written by number.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_PLAIN_PLACE = re.compile(r"[0-9]+(?:[-–][0-9]+)?|[ivxlc]+")
_TERMS = {"page": "p.", "paragraph": "para.", "section": "sec.", "chapter": "chapter", "line": "line"}
_TERMS_JA = {"page": "ページ", "paragraph": "段落", "section": "節", "chapter": "章", "line": "行"}
# What names a thing to machines is no text of a language.
_VERBATIM = frozenset({"type", "id", "language"})


class References:
    """The works of a document, under keys that people can read."""

    def __init__(self, document: Document) -> None:
        self._language = document.language
        self._works = {work.id: work for work in document.works}
        self._keys = _keys(document.works)
        self._terms = _TERMS_JA if is_japanese(document.language) else _TERMS

    def knows(self, citation: CitationText) -> bool:
        """Whether all works of a citation are at hand, so that a key can stand for each."""
        return bool(citation.items) and all(item.work in self._works for item in citation.items)

    def cite(self, citation: CitationText) -> str:
        """Return a citation as Pandoc's: ``[see @key, p. 3; @other]``."""
        return f"[{'; '.join(self._item(item) for item in citation.items)}]"

    def metadata(self, title: str) -> str:
        """Return the block of metadata (YAML) with the works, sorted by key.

        The list of sources stands in the text already, with what a citation style has no words for; Pandoc is
        told to add none.
        """
        lines = [
            "---",
            f"pagetitle: {_scalar(escaped(title) or '–')}",
            f"lang: {_scalar(self._language)}",
            "suppress-bibliography: true",
            "references:",
        ]
        for key, work in sorted((key, self._works[work_id]) for work_id, key in self._keys.items()):
            lines.append(f"- id: {_scalar(key)}")
            lines += [
                f"  {name}: {_scalar(value if name in _VERBATIM else _escaped_within(value))}"
                for name, value in sorted(work.csl.items())
                if name not in {"id", "custom"}
            ]
        return "\n".join([*lines, "---"])

    def _item(self, item: CiteItem) -> str:
        before = f"{_inside(item.prefix)} " if item.prefix.strip() else ""
        return f"{before}@{self._keys[item.work]}{self._place(item)}{_after(item.suffix)}"

    def _place(self, item: CiteItem) -> str:
        place = " ".join(xml_safe(item.locator).split())
        if not place:
            return ""
        term = self._terms.get(item.label, item.label)
        if item.label == "page" and term == "p." and not place.isalnum():
            term = "pp."
        whole = f"{term} {_inside(place)}"
        return f", {whole}" if _PLAIN_PLACE.fullmatch(place) else f", {{{whole}}}"


def escaped(text: str) -> str:
    """Return text as Pandoc's Markdown for itself, on one line."""
    return _LIST_START.sub(_not_a_list, _inside(text))


def _inside(text: str) -> str:
    """Return text as part of a line."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", " ".join(xml_safe(text).split()))


def _not_a_list(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isalnum() else f"\\{match[0]}"


def _after(suffix: str) -> str:
    text = suffix.strip()
    if not text:
        return ""
    return f"{'' if text[0] in ',.:' else ' ' if text[0] == '(' else ', '}{_inside(text)}"


def _escaped_within(value: object) -> object:
    match value:
        case str():
            return escaped(value)
        case Mapping():
            return {name: _escaped_within(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_escaped_within(inner) for inner in value]
        case _:
            return value


def _scalar(value: object) -> str:
    """Return a value as JSON, which is YAML in one line."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


# --- keys ------------------------------------------------------------------------------------------------------


def _keys(works: Sequence[Work]) -> dict[str, str]:
    """Return a key for each work: who or what, the year, and a letter where several would be the same."""
    same: defaultdict[str, list[Work]] = defaultdict(list)
    for work in works:
        same[f"{_name(work.csl)}-{_year(work.csl)}"].append(work)
    found = {}
    for stem, members in same.items():
        if len(members) == 1:
            found[members[0].id] = stem
            continue
        for number, work in enumerate(sorted(members, key=_order)):
            found[work.id] = f"{stem}{_letters(number)}"
    return found


def _order(work: Work) -> tuple[str, str, str]:
    return json.dumps(_issued(work.csl)), str(work.csl.get("title", "")), work.id


def _letters(number: int) -> str:
    text = chr(ord("a") + number % 26)
    return _letters(number // 26 - 1) + text if number >= 26 else text


def _name(csl: Mapping[str, Any]) -> str:
    """Return the slug of the first author, the publisher or the title."""
    return next((slug for text in _named(csl) if (slug := _slug(text))), "source")


def _named(csl: Mapping[str, Any]) -> Iterator[str]:
    for author in _list(csl.get("author")):
        if isinstance(author, Mapping):
            yield str(author.get("family") or author.get("literal") or "")
            break
    for name in ("container-title", "publisher", "title"):
        yield str(csl.get(name) or "")


def _slug(text: str) -> str:
    """Return the first words of a name in small letters without the accents of Latin ones, joined by hyphens."""
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    kept = [word for word in _NOT_WORD.split(plain.casefold()) if word and word not in _ARTICLES]
    return "-".join(kept[:_WORDS])


def _year(csl: Mapping[str, Any]) -> str:
    found = _YEAR.search(json.dumps(_issued(csl)))
    return found[0] if found else "nd"


def _issued(csl: Mapping[str, Any]) -> object:
    issued = csl.get("issued")
    if not isinstance(issued, Mapping):
        return None
    return issued.get("date-parts") or issued.get("literal") or issued.get("raw")


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()
