"""The processor's HTML into runs.

citeproc-js writes a closed set of elements and escapes whatever users wrote, so its output is well-formed XML.
It is parsed as such; anything outside the set is a fault, not something to be passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from briefer.domain.characters import xml_safe
from briefer.domain.documents import Inlines, LineBreak, Run
from briefer.errors import BrieferError

_Change = Callable[[Run], Run]
_ELEMENTS: Final[dict[str, _Change]] = {
    "i": lambda run: replace(run, italic=True),
    "em": lambda run: replace(run, italic=True),
    "b": lambda run: replace(run, bold=True),
    "sup": lambda run: replace(run, superscript=True, subscript=False),
    "sub": lambda run: replace(run, subscript=True, superscript=False),
}
_STYLES: Final[dict[str, _Change]] = {
    "font-style:normal;": lambda run: replace(run, italic=False),
    "font-variant:small-caps;": lambda run: replace(run, small_caps=True),
    "font-variant:normal;": lambda run: replace(run, small_caps=False),
    "font-weight:normal;": lambda run: replace(run, bold=False),
    "text-decoration:underline;": lambda run: replace(run, underline=True),
    "text-decoration:none;": lambda run: replace(run, underline=False),
    "baseline": lambda run: replace(run, superscript=False, subscript=False),
}
_PLAIN: Final = Run("")
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_ENTRY, _MARGIN = "csl-entry", "csl-left-margin"
_OWN_LINE = frozenset({"csl-block", "csl-indent"})
_PARTS = frozenset({"csl-bib-body", _ENTRY, _MARGIN, "csl-right-inline", *_OWN_LINE})


class RichTextError(BrieferError):
    """The processor wrote something outside its set of elements: a fault of the program."""


def inlines_of(html: str) -> Inlines:
    """Return the runs of a citation or of an entry of the source list.

    Parts of an entry that stand on lines of their own are parted by line breaks; a label in the margin and
    the text beside it by a blank. Characters that XML forbids are left out.

    Raises:
        RichTextError: there is an element outside the set, or the text is not well-formed.
    """
    try:
        root = etree.fromstring(f"<r>{xml_safe(html)}</r>", _PARSER)
    except etree.XMLSyntaxError as error:
        raise RichTextError(f"not well-formed: {error.msg}") from None
    writer = _Writer()
    writer.inside(root, _PLAIN)
    return writer.inlines()


@dataclass
class _Writer:
    """Collects runs, neighbours of one format joined."""

    found: list[tuple[Run, list[str]] | LineBreak] = field(default_factory=list)
    blank: bool = False

    def inside(self, element: etree._Element, style: Run) -> None:
        framed = _is_frame(element)
        self._text(element.text, style, framed=framed)
        for child in element:
            self._child(child, style)
            self._text(child.tail, style, framed=framed or child.tag == "div")

    def _child(self, child: etree._Element, style: Run) -> None:
        if not isinstance(child.tag, str):
            raise RichTextError("a comment or instruction")
        if child.tag == "div":
            self._part(child, style)
        else:
            self.inside(child, _styled(child, style))

    def _part(self, element: etree._Element, style: Run) -> None:
        name = element.get("class", "")
        if name not in _PARTS or len(element.attrib) != 1:
            raise RichTextError(f"a div of class {name!r}")
        if name in _OWN_LINE and self.found:
            self.found.append(LineBreak())
        self.inside(element, style)
        if name == _MARGIN:
            self.blank = True
        elif name in _OWN_LINE and _follows(element):
            self.found.append(LineBreak())

    def _text(self, text: str | None, style: Run, *, framed: bool) -> None:
        """Write text; blanks around the parts of an entry belong to the layout of the HTML."""
        if not text or (framed and not text.strip()):
            return
        if self.blank and not text[0].isspace():
            text = f" {text}"
        self.blank = False
        last = self.found[-1] if self.found else None
        if isinstance(last, tuple) and (last[0] is style or last[0] == style):
            last[1].append(text)
        else:
            self.found.append((style, [text]))

    def inlines(self) -> Inlines:
        return tuple(
            found if isinstance(found, LineBreak) else replace(found[0], text="".join(found[1]))
            for found in self.found
        )


def _follows(element: etree._Element) -> bool:
    """Whether text follows that does not begin a line by itself."""
    after = element.getnext()
    if element.tail and element.tail.strip():
        return True
    return after is not None and after.get("class") not in _OWN_LINE


def _is_frame(element: etree._Element) -> bool:
    if element.tag == "r":
        return element.find("div") is not None
    return element.tag == "div" and element.get("class") in {_ENTRY, "csl-bib-body"}


def _styled(element: etree._Element, style: Run) -> Run:
    tag = str(element.tag)
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    if tag == "a" and set(attributes) == {"href"}:
        return replace(style, link=attributes["href"])
    if tag == "span" and set(attributes) == {"style"} and attributes["style"] in _STYLES:
        return _STYLES[attributes["style"]](style)
    if tag in _ELEMENTS and not attributes:
        return _ELEMENTS[tag](style)
    raise RichTextError(f"an element {tag} with {attributes}")
