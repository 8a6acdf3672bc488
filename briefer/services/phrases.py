"""The words that Briefer itself writes into a document, in English and Japanese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Sentences and labels of one language; names in braces are filled in."""

    missing: str
    meeting: str
    audience: str
    basis: str
    basis_day: str
    basis_period: str
    basis_undated: str
    stop: str
    nothing: str
    one_excerpt: str
    some_excerpts: str
    one_source: str
    some_sources: str
    risk: str
    partner: str
    excerpts: str
    sources: str
    newest: str
    no_date: str
    coverage: str
    page: str

    def excerpt_count(self, count: int) -> str:
        """Return ``1 excerpt``, ``7 excerpts``."""
        return (self.one_excerpt if count == 1 else self.some_excerpts).format(count=count)

    def source_count(self, count: int) -> str:
        """Return ``1 source``, ``4 sources``."""
        return (self.one_source if count == 1 else self.some_sources).format(count=count)


_ENGLISH = Phrases(
    missing="[source missing]",
    meeting="Meeting on {date}",
    audience="For {audience}",
    basis="This brief rests on {excerpts} from {sources}",
    basis_day=", published {first}",
    basis_period=", published between {first} and {last}",
    basis_undated=" ({count} undated)",
    stop=".",
    nothing="This brief cites no source yet.",
    one_excerpt="1 excerpt",
    some_excerpts="{count} excerpts",
    one_source="1 source",
    some_sources="{count} sources",
    risk="Risk",
    partner="Partner",
    excerpts="Excerpts",
    sources="Sources",
    newest="Newest",
    no_date="n.d.",
    coverage="What this brief cites, by {what}",
    page="Page {page} of {pages}",
)
_JAPANESE = Phrases(
    missing="［出典なし］",
    meeting="会談日：{date}",
    audience="{audience}用",
    basis="本資料は、{sources}からの抜粋{excerpts}に基づく",
    basis_day="（{first}発行）",
    basis_period="（{first}から{last}までに発行）",
    basis_undated="（日付不明{count}件を含む）",
    stop="。",
    nothing="本資料にはまだ出典がない。",
    one_excerpt="1件",
    some_excerpts="{count}件",
    one_source="1件の出典",
    some_sources="{count}件の出典",
    risk="リスク",
    partner="相手国・機関",
    excerpts="抜粋",
    sources="出典",
    newest="最新",
    no_date="日付不明",
    coverage="本資料の引用（{what}別）",
    page="{page} / {pages}",
)


def phrases(language: str) -> Phrases:
    """Return the phrases of ``language`` (``en`` or ``ja``)."""
    return _JAPANESE if language == "ja" else _ENGLISH
