"""By which names the styles of a house are known: Word's own, those of other languages, and words in house names.

Word keeps the names of its own styles in English whatever its language; their ids, and the names that other
programs write, are in the language of who made the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d])(?=\d)")
_NO_WORD = re.compile(r"[\W_]+")
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Match(Enum):
    """How a name fits: it is Word's own for the role, it is a name for the role, or a part of it says so."""

    BUILT_IN = 1
    WHOLE = 2
    PART = 3


def folded(name: str) -> str:
    """Return a name in words of lower case: ``MoFA_BodyText1`` is ``mofa body text 1``."""
    wide = unicodedata.normalize("NFKC", name)
    split = _LETTER_DIGIT.sub(" ", _CAMEL.sub(" ", wide.strip()))
    return _NO_WORD.sub(" ", split).strip().casefold()


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Match any of some names inside another: whole words, or, as Japanese has no blanks, any stretch."""
    found = []
    for name in names:
        words = r"\s*".join(re.escape(word) for word in folded(name).split())
        found.append(rf"{words}(?!\d)" if _ASIAN.search(name) else rf"(?<!\w){words}(?!\w)")
    return re.compile("|".join(found) or "(?!)")


def _close(names: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(name).replace(" ", "") for name in names)


@dataclass(frozen=True)
class Names:
    """The names for one role; ``parts`` count inside longer names, unless one of ``without`` is there too."""

    built_in: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @cached_property
    def _rules(self) -> tuple[frozenset[str], frozenset[str], re.Pattern[str], re.Pattern[str]]:
        whole = _close((*self.whole, *self.parts))
        return _close(self.built_in), whole, _pattern(self.without), _pattern(self.parts)

    def match(self, text: str) -> Match | None:
        """Return how a name, as :func:`folded` gives it, fits, or None."""
        built_in, whole, without, parts = self._rules
        close = text.replace(" ", "")
        if close in built_in:
            return Match.BUILT_IN
        if close in whole:
            return Match.WHOLE
        if without.search(text):
            return None
        return Match.PART if parts.search(text) else None


def names_of(table: Mapping[str, str]) -> dict[str, str]:
    """Return a table of names by their meaning, turned about; ``|`` stands between the names."""
    return {name: meaning for meaning, names in table.items() for name in names.split("|")}


def _names(built_in: str = "", whole: str = "", parts: str = "", without: str = "") -> Names:
    return Names(*(tuple(filter(None, text.split("|"))) for text in (built_in, whole, parts, without)))


_CHAR = "char|zchn|car|caractère|carácter|文字"
_NO_TEXT = f"{_CHAR}|table|tbl|toc|figure|header|footer|表|目次|図|ヘッダー|フッター"
_LANGUAGES_OF_HEADING = (
    "überschrift|berschrift|titre|título|ttulo|titolo|kop|overskrift|rubrik|otsikko|nagłówek|nagwek|nadpis|címsor|"
    "başlık|заголовок|标题|標題|제목"
)


def _heading(level: int) -> Names:
    return _names(
        built_in=f"heading {level}",
        whole="|".join(f"{word} {level}" for word in _LANGUAGES_OF_HEADING.split("|")),
        parts=f"heading {level}|head {level}|h {level}|headline {level}|見出し {level}|大見出し"
        if level == 1
        else f"heading {level}|head {level}|h {level}|headline {level}|見出し {level}",
        without=f"{_NO_TEXT}|annex|appendix|別添|付録",
    )


def _contents(level: int) -> Names:
    return _names(
        built_in=f"toc {level}",
        whole=f"contents {level}|verzeichnis {level}|tm {level}|tdc {level}|目次 {level}",
        parts=f"toc {level}|目次 {level}",
    )


_BY_ROLE: Iterable[tuple[str, Names]] = (
    ("title", _names(
        "title", "titel|titre|título|puesto|titolo|otsikko|название|标题|제목|表題|標題|件名|題名|タイトル",
        "title|report title|document title|brief title|件名|表題|標題|題名",
        f"{_NO_TEXT}|sub title|subtitle|section|heading|book|副題|annex|slide",
    )),
    ("subtitle", _names(
        "subtitle", "untertitel|sous titre|subtítulo|sottotitolo|ondertitel|undertitel|подзаголовок|副标题|부제",
        "subtitle|sub title|副題|サブタイトル", _NO_TEXT,
    )),
    ("heading-1", _heading(1)),
    ("heading-2", _heading(2)),
    ("heading-3", _heading(3)),
    ("body", _names(
        "body text", "text body|textkörper|textkrper|corps de texte|texto independiente|corpo del testo|corpo de texto|"
        "plattetekst|brödtext|brødtekst|основной текст|正文|正文文本|본문|standard text|fließtext",
        "body|body text|main text|para text|paragraph|本文",
        f"{_NO_TEXT}|indent|first|heading|title|list|bullet|quote|footnote|endnote|note|number|numbered|continue|"
        "字下げ|インデント|見出し|脚注|2|3",
    )),
    ("annex-heading", _names(
        "", "", "annex heading|annex title|appendix heading|appendix title|annex|appendix|別添|付録", f"{_NO_TEXT}|text|body",
    )),
    ("numbered-paragraph", _names(
        "", "", "numbered paragraph|numbered para|paragraph numbered|para numbered|number para|番号付き段落|段落番号付き",
        f"{_CHAR}|table|heading|list",
    )),
    ("quotation", _names(
        "quote", "quotations|zitat|citation|cita|citazione|citaat|citat|sitat|цитата|引用|引用文|인용",
        "quote|quotation|block quote|blockquote|block text|extract|引用", f"{_NO_TEXT}|intense|source|強調|出典|標記|索引|引用元",
    )),
    ("translation", _names(
        "", "übersetzung|traduction|traducción|traduzione", "translation|translated|訳文|仮訳|翻訳|和訳|英訳", _NO_TEXT,
    )),
    ("list-bullet", _names(
        "list bullet", "aufzählungszeichen|listenpunkt|liste à puces|listaconvietas|lista con viñetas|puntoelenco|"
        "punto elenco|lijstopsomteken|列表项目符号|箇条書き|글머리 기호",
        "bullet|bullets|bulleted|bullet list|箇条書き", f"{_CHAR}|table|表|2|3|4|5",
    )),
    ("list-number", _names(
        "list number", "listennummer|liste à numéros|lista con números|numeroelenco|numero elenco|lijstnummering|"
        "列表编号|段落番号|번호 매기기",
        "numbered list|number list|list numbered|numbered|番号付き|段落番号", f"{_CHAR}|table|heading|paragraph|para|表|見出し|2|3|4|5",
    )),
    ("list-continued", _names(
        "list continue", "listenfortsetzung|liste continue|continuarlista|elenco continua|箇条書き継続", "list continue",
        f"{_CHAR}|2|3|4|5",
    )),
    ("source", _names(
        "bibliography", "literaturverzeichnis|bibliographie|bibliografía|bibliografia|литература|书目|참고 문헌|文献目録|"
        "参考文献|出典",
        "bibliography|references|reference list|source list|sources|source|source entry|参考文献|文献目録|出典",
        f"{_CHAR}|heading|title|code|quote|見出し",
    )),
    ("table", _names(
        "", "brief table", "table|tabelle|tableau|tabla|tabella|表", "normal|list|grid|simple|light|plain|colorful|contemporary",
    )),
    ("table-text", _names(
        "", "table contents", "table text|table body|tabellentext|table cell|表本文|表文字|表内", f"{_CHAR}|heading|head|bullet|見出し",
    )),
    ("table-heading", _names(
        "", "", "table heading|table header|table head|table column heading|column heading|表見出し|表頭|表ヘッダー", _CHAR,
    )),
    ("caption", _names(
        "caption", "beschriftung|légende|epígrafe|descripción|didascalia|bijschrift|题注|캡션|図表番号|図表見出し",
        "caption|図表番号|図表見出し|キャプション", _CHAR,
    )),
    ("footnote", _names(
        "footnote text", "fußnotentext|funotentext|note de bas de page|notedebasdepage|texto nota pie|textonotapie|"
        "testo nota a piè di pagina|testonotaapidipagina|voetnoottekst|脚注文本|脚注文字列|각주 텍스트|footnote",
        "footnote text|footnote|脚注",
        f"{_CHAR}|reference|anchor|mark|symbol|参照|separator",
    )),
    ("footnote-mark", _names(
        "footnote reference", "fußnotenzeichen|funotenzeichen|appelnotedebasdep|refdenotaalpie|rimandonotaapidipagina|"
        "voetnootmarkering|脚注参照|각주 참조|footnote anchor|footnote symbol", "footnote reference|footnote mark|脚注参照",
    )),
    ("endnote", _names(
        "endnote text", "endnotentext|note de fin|notedefin|texto nota al final|eindnoottekst|尾注文本|文末脚注文字列",
        "endnote text|endnote|文末脚注", f"{_CHAR}|reference|anchor|mark|symbol|参照",
    )),
    ("endnote-mark", _names(
        "endnote reference", "endnotenzeichen|appeldenotedefin|refdenotaalfinal|eindnootmarkering|文末脚注参照",
        "endnote reference|endnote mark|文末脚注参照",
    )),
    ("marking", _names(
        "", "", "marking|protective marking|classification|security marking|機密区分|秘密区分|取扱区分|機密性|格付",
        f"{_CHAR}|text|handling|portion",
    )),
    ("marking-text", _names("", "marking text")),
    ("handling", _names("", "", "handling|caveat|取扱注意|取扱", f"{_CHAR}|区分")),
    ("prompt", _names("", "", "prompt|instruction|guidance|記入要領", _CHAR)),
    ("code", _names("html preformatted", "preformatted text|source code|code block|quelltext", "code|コード", _CHAR)),
    ("code-text", _names("html code", "code char|code|source text|inline code")),
    ("link", _names("hyperlink", "lien hypertexte|lienhypertexte|hipervínculo|hipervnculo|collegamento ipertestuale|"
                    "internet link|超链接|하이퍼링크|ハイパーリンク")),
    ("header", _names("header", "kopfzeile|en tête|entte|encabezado|intestazione|koptekst|页眉|머리글|ヘッダー")),
    ("footer", _names("footer", "fußzeile|fuzeile|pied de page|pieddepage|piedepgina|pie de página|piè di pagina|"
                      "voettekst|页脚|바닥글|フッター")),
    ("contents-heading", _names(
        "toc heading", "inhaltsverzeichnisüberschrift|entête de table des matières|目次の見出し",
        "contents heading|contents title|目次見出し",
    )),
    ("contents-1", _contents(1)),
    ("contents-2", _contents(2)),
    ("contents-3", _contents(3)),
)  # fmt: skip

ROLE_NAMES: Mapping[str, Names] = dict(_BY_ROLE)
"""The names of the styles for each :class:`briefer.domain.templates.Role`."""
