"""A document into the bytes of a PDF file, by typst's compiler inside this process."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime

import typst

from briefer.assets import resources
from briefer.domain.characters import has_cjk, is_japanese
from briefer.domain.documents import Document
from briefer.domain.exporting import USUAL, ExportOptions
from briefer.errors import InputError
from briefer.export.frame import check_notes
from briefer.export.pdf.tree import tree

# Free ones first, then those that systems and office programs bring.
JAPANESE_FONTS = (
    "Noto Serif CJK JP",
    "Noto Serif JP",
    "Source Han Serif",
    "Source Han Serif JP",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans",
    "Source Han Sans JP",
    "Yu Mincho",
    "Hiragino Mincho ProN",
    "Yu Gothic",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "BIZ UDMincho",
    "BIZ UDGothic",
    "Meiryo",
    "MS Mincho",
    "MS Gothic",
    "IPAexMincho",
    "IPAexGothic",
    "IPAMincho",
    "IPAGothic",
)
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_SHOWN = 5


def to_pdf(document: Document, options: ExportOptions = USUAL, fonts: typst.Fonts | None = None) -> bytes:
    """Return ``document`` as a tagged PDF (PDF/UA-1).

    Latin, Greek and Cyrillic letters are set in the faces that typst carries, so that such a document has the same
    bytes on every machine; what they lack is set in ``fonts``, those of the system where None. A pictogram that
    no font has is named in brackets.

    Raises:
        InputError: ``pdf-no-japanese`` where there is Japanese text and no font for it; ``pdf-no-glyph`` where no
            font has a letter.
    """
    check_notes(document)
    data = tree(document, options.notes)
    text = json.dumps(data, ensure_ascii=False)
    japanese = is_japanese(document.language) or has_cjk(text)
    if not japanese:
        try:
            return _compiled(text, typst.Fonts(include_system_fonts=False), document.modified)
        except typst.TypstError as error:
            _lacking(error)
    found = fonts or typst.Fonts()
    families = _japanese(found)
    if japanese and not families:
        raise InputError("pdf-no-japanese", fonts=f"“{JAPANESE_FONTS[0]}”")
    text = json.dumps(data | {"fonts": families}, ensure_ascii=False)
    try:
        return _compiled(text, found, document.modified)
    except typst.TypstError as error:
        named = _named(_lacking(error))
    return _compiled(text.translate(named), found, document.modified)


def _compiled(data: str, fonts: typst.Fonts, modified: str) -> bytes:
    folder = resources() / "templates"
    # The folders of packages are given, so that none of the user's is ever looked at.
    compiler = typst.Compiler(
        (folder / "brief.typ").read_bytes(),
        root=folder,
        font_paths=fonts,
        sys_inputs={"brief": data},
        package_path=folder,
        package_cache_path=folder,
    )
    result = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=_moment(modified))
    assert isinstance(result, bytes), "a PDF without a target is returned as bytes"
    return result


def _moment(modified: str) -> datetime:
    """Return when the document was changed, in UTC; the epoch where it does not say."""
    try:
        moment = datetime.fromisoformat(modified)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).replace(microsecond=0)


def _japanese(fonts: typst.Fonts) -> list[str]:
    """Return the first family for Japanese that there is: one face, so that a text is not a mixture."""
    families = set(fonts.families())
    return [family for family in JAPANESE_FONTS if family in families][:1]


def _lacking(error: typst.TypstError) -> list[str]:
    """Return the characters for which PDF/UA-1 found no glyph, each once; any other error is raised again."""
    found = _NO_GLYPH.findall(error.diagnostic)
    if not found:
        raise error
    return list(dict.fromkeys(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(found))))


def _named(characters: list[str]) -> dict[int, str]:
    """Return the names that stand for pictograms.

    Raises:
        InputError: ``pdf-no-glyph`` where one is a letter: a word that cannot be read is no document.
    """
    if any(unicodedata.category(character)[0] in "LN" for character in characters):
        told = [f"{c} (U+{ord(c):04X})" for c in characters[:_SHOWN]]
        rest = len(characters) - _SHOWN
        raise InputError("pdf-no-glyph", characters=", ".join(told) + (f" +{rest}" if rest > 0 else ""))
    return {ord(c): f"[{unicodedata.name(c, f'U+{ord(c):04X}').lower()}]" for c in characters}
