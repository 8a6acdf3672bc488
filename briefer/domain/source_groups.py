"""Which group of a source list a source stands in: primary, press or analysis."""

from __future__ import annotations

import re
from enum import StrEnum

from briefer.domain.names import words_of
from briefer.domain.sources import Source


class SourceGroup(StrEnum):
    """The groups in the order of the list.

    PRIMARY is what those who act say or lay down themselves (treaties, laws, statements, speeches, press releases),
    PRESS what the media report, ANALYSIS what others have studied (reports, papers, books).
    """

    PRIMARY = "primary"
    PRESS = "press"
    ANALYSIS = "analysis"


_PRESS = words_of("article-magazine article-newspaper broadcast periodical post post-weblog webpage")
_ANALYSIS = words_of(
    "article article-journal book chapter entry entry-dictionary entry-encyclopedia pamphlet paper-conference"
    " report review review-book thesis"
)
# What the source calls itself; a speech that a newspaper prints in full is the speech.
_PRIMARY_GENRES = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|(?:press|news|media) (?:release|statement|conference)"
    r"|speech|remarks|address|testimony|hearing|transcript|minutes|submission|evidence"
    r"|treaty|agreement|protocol|convention|memorandum of (?:understanding|cooperation)"
    r"|act|bill|law|decree|directive|regulation|resolution|decision|judge?ment|white paper|blue ?book)s?\b"
    r"|声明|コミュニケ|宣言|報道発表|プレスリリース|記者(?:会見|発表)|演説|挨拶|談話|答弁|議事録|意見書|陳述書"
    r"|条約|協定|議定書|覚書|法律|政令|省令|指令|規則|決議|閣議決定|判決|白書|青書",
    re.IGNORECASE,
)
# A page, report or posting of these is their own word.
_AUTHORITIES = re.compile(
    r"^(?:the )?(?:(?:ministry|department|embassy|parliament|government|cabinet|senate) of"
    r"|prime minister|white house|house of (?:commons|lords|representatives)"
    r"|european (?:commission|council|parliament)|council of the european union|united nations)\b"
    r"|\b(?:ministry|government|cabinet office|office of the (?:president|prime minister)|embassy|parliament|senate)$"
    r"|(?:省|庁|内閣(?:府|官房)|官邸|大使館|政府|国会|衆議院|参議院)$",
    re.IGNORECASE,
)
_BY_PUBLISHER = words_of("pamphlet post post-weblog report webpage")


def source_group(source: Source) -> SourceGroup:
    """Return the group of a source: by its genre, then by its publisher where the kind leaves that open, then by kind."""
    if _PRIMARY_GENRES.search(source.genre):
        return SourceGroup.PRIMARY
    if source.kind in _BY_PUBLISHER and _AUTHORITIES.search((source.publisher or "").strip()):
        return SourceGroup.PRIMARY
    if source.kind in _PRESS:
        return SourceGroup.PRESS
    return SourceGroup.ANALYSIS if source.kind in _ANALYSIS else SourceGroup.PRIMARY
