"""Pictures in the line of the text: one file each among the media, with the words for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from briefer.domain.characters import xml_safe
from briefer.domain.documents import HeatMap, Run
from briefer.export.docx.layout import TEXT_HEIGHT, TEXT_WIDTH
from briefer.export.docx.package import CONTENT_TYPES
from briefer.export.docx.paragraphs import ParagraphWriter
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element, R, add, parse, serialise

if TYPE_CHECKING:
    from briefer.export.heat_map import Picture

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NAMES = {"wp": _PLACE, "a": _A, "pic": _PICTURE}
_EMU = 12700  # in a point
_TALLEST = TEXT_HEIGHT / 20 * 0.85  # points; caption and key stand on the same page


class PictureWriter:
    """Appends pictures to the body, and keeps their files until the package is made."""

    def __init__(self, paragraphs: ParagraphWriter, relations: Relations, language: str) -> None:
        self._paragraphs = paragraphs
        self._relations = relations
        self._language = language
        self._files: list[bytes] = []

    def heat_map(self, body: Element, block: HeatMap) -> None:
        """Append a heat map: caption, pictures and, where labels are not drawn, the key to them."""
        # Most documents have no heat map, and typst takes longer to import than they take to write.
        from briefer.export.heat_map import drawn

        drawing = drawn(block, TEXT_WIDTH / 20, self._language)
        anchors: tuple[str, ...] = (block.anchor,)
        if block.caption:
            self._paragraphs.write(body, "Caption", (Run(block.caption),), anchors=anchors)
            anchors = ()
        count = len(drawing.pictures)
        alt = block.alt or block.caption or ", ".join((*block.rows, *block.columns))
        for number, picture in enumerate(drawing.pictures, 1):
            keep = number == count and bool(drawing.key)
            paragraph = self._paragraphs.write(body, "Figure", (), anchors=anchors, keep=keep)
            anchors = ()
            part = f" ({number}/{count})" if count > 1 else ""
            self._picture(add(paragraph, "r"), picture, f"{alt}{part}")
        for index, line in enumerate(drawing.key, 1):
            keep = index < len(drawing.key)
            self._paragraphs.write(body, "FigureKey", (Run(line),), keep=keep)

    def add_to(self, parts: dict[str, bytes]) -> None:
        """Add the files to the package, and their kind to its content types."""
        if not self._files:
            return
        parts |= {f"word/media/heatmap{number}.png": data for number, data in enumerate(self._files, 1)}
        types = parse(parts[CONTENT_TYPES])
        if all(element.get("Extension") != "png" for element in types):
            kind = {"Extension": "png", "ContentType": "image/png"}
            types.insert(0, types.makeelement(f"{{{_TYPES}}}Default", kind))
        parts[CONTENT_TYPES] = serialise(types)

    def _picture(self, run: Element, picture: Picture, alt: str) -> None:
        """The order of the elements is the schema's (CT_Inline, CT_Picture)."""
        self._files.append(picture.png)
        number = len(self._files)
        name = f"heatmap{number}.png"
        relation = self._relations.relate(f"{R}/image", f"media/{name}")
        scale = min(1.0, _TALLEST / picture.height)
        size = {
            "cx": str(round(picture.width * scale) * _EMU),
            "cy": str(round(picture.height * scale) * _EMU),
        }
        told = {"id": str(number), "name": f"Heat map {number}", "descr": " ".join(xml_safe(alt).split())}
        distances = {f"dist{side}": "0" for side in "TBLR"}
        inline = etree.SubElement(add(run, "drawing"), f"{{{_PLACE}}}inline", distances, nsmap=_NAMES)
        _add(inline, _PLACE, "extent", **size)
        _add(inline, _PLACE, "docPr", **told)
        _add(_add(inline, _PLACE, "cNvGraphicFramePr"), _A, "graphicFrameLocks", noChangeAspect="1")
        data = _add(_add(inline, _A, "graphic"), _A, "graphicData", uri=_PICTURE)
        shape = _add(data, _PICTURE, "pic")
        about = _add(shape, _PICTURE, "nvPicPr")
        _add(about, _PICTURE, "cNvPr", **told)
        _add(about, _PICTURE, "cNvPicPr")
        fill = _add(shape, _PICTURE, "blipFill")
        _add(fill, _A, "blip").set(f"{{{R}}}embed", relation)
        _add(_add(fill, _A, "stretch"), _A, "fillRect")
        form = _add(shape, _PICTURE, "spPr")
        frame = _add(form, _A, "xfrm")
        _add(frame, _A, "off", x="0", y="0")
        _add(frame, _A, "ext", **size)
        _add(_add(form, _A, "prstGeom", prst="rect"), _A, "avLst")


def _add(parent: Element, namespace: str, name: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
