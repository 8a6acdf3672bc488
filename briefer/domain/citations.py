"""How citations are written in prose: ``[@id]``, ``[see @id, p. 3; @other]``.

An id is a UUID or the beginning of one. The ``@`` follows no letter, so that ``[office@example.org]`` is an
address and not a citation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from briefer.domain.documents import Citation, CitedExcerpt

CITATION = re.compile(r"(?<!\\)\[([^\[\]]*(?<![\w.+-])@[0-9A-Za-z-]{4,36}(?![\w-])[^\[\]]*)\]")
"""A whole citation, brackets included; group 1 is what :func:`parse_citation` takes."""

_BETWEEN = re.compile(r"(?!.*\n.*\n)\s*[,;、；，]?\s*")
_CITED = re.compile(r"(?<![\w.+-])@([0-9A-Za-z-]{4,36})(?![\w-])")
_SPACE = re.compile(r"\s+")
_LABELS = {
    "chapter": r"ch(?:ap(?:ter)?)?s?\.?|第(?=[0-9一二三四五六七八九十]+章)",
    "paragraph": r"para(?:graph)?s?\.?|¶{1,2}|第(?=[0-9]+段落)",
    "section": r"sec(?:tion)?s?\.?|§{1,2}|第(?=[0-9]+節)",
    "line": r"lines?",
    "page": r"pp?\.?|pages?",
}
_PLACES = re.compile(
    rf"[、,]?\s*(?:{'|'.join(f'(?P<{label}>{words})' for label, words in _LABELS.items())})\s*"
    r"(?P<where>(?:[0-9]+[0-9A-Za-z.]*|(?<![^\W_])[ivxlcIVXLC]+)(?:\s*[-–,]\s*[0-9]+[0-9A-Za-z]*)*)"
    r"(?:段落|頁|節|章|ページ)?(?![^\W_])\s*",
)
_JAPANESE_PAGE = re.compile(r"[、,]?\s*(?P<where>[0-9]+(?:[-–][0-9]+)?)(?:頁|ページ)\s*")


def parse_citation(text: str) -> Citation | None:
    """Return the citation that the inside of a pair of brackets stands for.

    Parts are separated by semicolons; each needs an id. None where one part has none or more than one.
    """
    cited = tuple(_cited(part) for part in text.split(";"))
    complete = tuple(c for c in cited if c is not None)
    return Citation(complete) if complete and len(complete) == len(cited) else None


def written_citation(citation: Citation) -> str:
    """Return a citation as it is written, brackets included: ``[see @id, p. 3; @other]``."""
    return f"[{'; '.join(map(_written, citation.cited))}]"


@lru_cache(maxsize=32_768)
def cited_ids(markdown: str) -> tuple[str, ...]:
    """Return the excerpt ids inside the citations of ``markdown``, in order."""
    if "@" not in markdown:
        return ()
    citations = (parse_citation(match[1]) for match in CITATION.finditer(markdown))
    return tuple(cited.excerpt_id for citation in citations if citation for cited in citation.cited)


@lru_cache(maxsize=32_768)
def uncited(markdown: str) -> str:
    """Return ``markdown`` without its citations."""
    return CITATION.sub("", markdown) if "@" in markdown else markdown


def uses_one(cited: Iterable[str], wanted: Collection[str]) -> bool:
    """Whether one of the cited ids, which prose may write shortened, is wanted."""
    return any(one in wanted or any(whole.startswith(one) for whole in wanted) for one in cited)


def between_citations(text: str) -> bool:
    """Whether two citations with no more than ``text`` between them are one: blanks, a line end, a comma or semicolon."""
    return _BETWEEN.fullmatch(text) is not None


def without_citations(markdown: str, drop: Callable[[str], bool]) -> str:
    """Return text without its citations of the excerpts whose ids ``drop`` says; of a group the others stay.

    A group is what stands in one pair of brackets, or in several that follow one another; what parted those
    goes with them.
    """
    for group in reversed(list(_groups(markdown))):
        found = [(match, parse_citation(match[1])) for match in group]
        kept = [(match, written) for match, one in found if (written := _kept(match, one, drop))]
        if [written for _match, written in kept] == [match[0] for match in group]:
            continue
        text = ""
        for match, written in kept:
            before = group[group.index(match) - 1].end() if text else match.start()
            text += markdown[before : match.start()] + written
        start, end = group[0].start(), group[-1].end()
        head = markdown[:start] if text else markdown[:start].rstrip(" \t")
        markdown = f"{head}{text}{markdown[end:]}"
    return markdown


def _groups(markdown: str) -> Iterator[list[re.Match[str]]]:
    group: list[re.Match[str]] = []
    for match in CITATION.finditer(markdown):
        if group and not between_citations(markdown[group[-1].end() : match.start()]):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _kept(match: re.Match[str], citation: Citation | None, drop: Callable[[str], bool]) -> str:
    """Return a citation as it is written without what is dropped, empty where nothing stays."""
    if citation is None:
        return match[0]
    kept = tuple(cited for cited in citation.cited if not drop(cited.excerpt_id))
    if len(kept) == len(citation.cited):
        return match[0]
    return written_citation(replace(citation, cited=kept)) if kept else ""


def _cited(part: str) -> CitedExcerpt | None:
    pieces = _CITED.split(part)
    if len(pieces) != 3:
        return None
    before, excerpt_id, after = (_SPACE.sub(" ", piece).strip() for piece in pieces)
    return CitedExcerpt(excerpt_id, prefix=before, suffix=after.removeprefix(",").lstrip())


def _written(cited: CitedExcerpt) -> str:
    suffix = f", {cited.suffix}" if cited.suffix else ""
    return f"{cited.prefix} @{cited.excerpt_id}{suffix}".lstrip()


def place_in(suffix: str) -> tuple[str, str, str]:
    """Return what a suffix says of the place in the source, and the rest of it.

    ``pp. 3-4, emphasis added`` gives ``("page", "3-4", "emphasis added")``. The labels are CSL's locator terms;
    without a place, label and place are empty.
    """
    if found := _PLACES.match(suffix):
        label = next(label for label in _LABELS if found[label])
        return label, found["where"].rstrip("."), _rest(suffix[found.end() :])
    if found := _JAPANESE_PAGE.match(suffix):
        return "page", found["where"], _rest(suffix[found.end() :])
    return "", "", suffix


def _rest(text: str) -> str:
    return text.lstrip(" ,、")
