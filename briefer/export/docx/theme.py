"""The theme: Word's colour and font menus offer the template's own. No style depends on it."""

from __future__ import annotations

from lxml import etree

from briefer.export.docx.xml import Element

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F3247", "lt2": "E8EDF2", "accent1": "2F4A66", "accent2": "5A6675",
    "accent3": "8DA2B8", "accent4": "7A5C3E", "accent5": "4F6F52", "accent6": "8A3B3B", "hlink": "1F5A96",
    "folHlink": "5B4A86",
}  # fmt: skip


def theme_part() -> Element:
    """Return the part; each list of formats needs three entries (ECMA-376 part 1, 20.1.4)."""
    part = etree.Element(f"{{{_A}}}theme", {"name": "Brief"}, nsmap={"a": _A})
    elements = _add(part, "themeElements")
    colours = _add(elements, "clrScheme", name="Brief")
    for name, value in _COLOURS.items():
        _add(_add(colours, name), "srgbClr", val=value)
    fonts = _add(elements, "fontScheme", name="Brief")
    for kind in ("majorFont", "minorFont"):
        font = _add(fonts, kind)
        for script, face in (("latin", "Arial"), ("ea", "Yu Gothic"), ("cs", "Arial")):
            _add(font, script, typeface=face)
    formats = _add(elements, "fmtScheme", name="Brief")
    _fills(_add(formats, "fillStyleLst"))
    lines = _add(formats, "lnStyleLst")
    for width in ("6350", "12700", "19050"):
        _fill(_add(lines, "ln", w=width))
    effects = _add(formats, "effectStyleLst")
    for _ in range(3):
        _add(_add(effects, "effectStyle"), "effectLst")
    _fills(_add(formats, "bgFillStyleLst"))
    return part


def _add(parent: Element, tag: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{_A}}}{tag}", attributes)


def _fills(parent: Element) -> None:
    for _ in range(3):
        _fill(parent)


def _fill(parent: Element) -> None:
    _add(_add(parent, "solidFill"), "schemeClr", val="phClr")
