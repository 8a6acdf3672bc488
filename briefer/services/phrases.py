"""The words that Briefer itself writes into a document, in English and Japanese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Sentences and labels of one language; names in braces are filled in."""

    paragraph: str
    paragraphs_missing: str
    meeting: str
    audience: str
    basis_one: str
    basis_period: str
    basis_undated: str
    nothing: str
    risk: str
    partner: str
    excerpts: str
    sources: str
    newest: str
    no_date: str
    coverage: str
    page: str
    said: str


_ENGLISH = Phrases(
    paragraph="para. {n}",
    paragraphs_missing="[source missing]",
    meeting="Meeting on {date}",
    audience="For {audience}",
    basis_one="This brief rests on {excerpts} from {sources}",
    basis_period=", published {first} to {last}",
    basis_undated=" ({count} without a date)",
    nothing="This brief cites no source yet.",
    risk="Risk",
    partner="Partner",
    excerpts="Excerpts",
    sources="Sources",
    newest="Newest",
    no_date="n.d.",
    coverage="What this brief cites, by {what}",
    page="Page {page} of {pages}",
    said="{speaker}",
)
_JAPANESE = Phrases(
    paragraph="第{n}段落",
    paragraphs_missing="［出典なし］",
    meeting="会談日：{date}",
    audience="{audience}用",
    basis_one="本資料は{sources}の抜粋{excerpts}に基づく",
    basis_period="（{first}から{last}に発行）",
    basis_undated="（うち日付不明{count}件）",
    nothing="本資料にはまだ出典がない。",
    risk="リスク",
    partner="相手国・機関",
    excerpts="抜粋",
    sources="出典",
    newest="最新",
    no_date="日付不明",
    coverage="本資料の引用（{what}別）",
    page="{page} / {pages}",
    said="{speaker}",
)


def phrases(language: str) -> Phrases:
    """Return the phrases of ``language`` (``en`` or ``ja``)."""
    return _JAPANESE if language == "ja" else _ENGLISH
