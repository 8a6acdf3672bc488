"""The parts of a template that are used, read under guard; nothing that it points to outside is opened.

Only what is known is kept: text, styles, numbering, settings, fonts, theme, notes, headers, footers and pictures.
All else (comments, properties, custom XML, glossaries, printers' settings) is no part of a frame, and may name people.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from briefer import in_use
from briefer.errors import InputError
from briefer.export.docx.xml import Element, R, W, w
from briefer.packages import Package, is_zip, parse

MOST_MB = 50
MOST_PART_MB = 20
MOST_MARKS = 1_000_000
MOST_STYLES = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN_TYPES = frozenset(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    for kind in ("document", "template")
)

XML_KINDS = frozenset(
    {"styles", "numbering", "settings", "fontTable", "theme", "header", "footer", "footnotes", "endnotes"}
)
BINARY_KINDS = frozenset({"image", "font"})
TEXT_KINDS = frozenset({"document", "header", "footer", "footnotes", "endnotes"})
_ROOTS = {
    "document": "document", "styles": "styles", "numbering": "numbering", "settings": "settings",
    "fontTable": "fonts", "header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes",
}  # fmt: skip
# Programs, and documents inside the document: none of these belongs in a frame.
_UNSAFE_KINDS = {
    "vbaProject": "it holds macros",
    "keyMapCustomizations": "it holds macros",
    "wordVbaData": "it holds macros",
    "control": "it holds a control that runs a program (ActiveX)",
    "activeXControlBinary": "it holds a control that runs a program (ActiveX)",
    "oleObject": "it holds an embedded object (OLE)",
    "package": "it holds an embedded file",
    "aFChunk": "it holds an embedded file",
    "subDocument": "it takes in another document",
}


@dataclass(frozen=True)
class Relation:
    """A relationship of a part: to another part by its name, or (``external``) to an address."""

    kind: str
    target: str
    external: bool = False


@dataclass
class Part:
    """A part: the tree of an XML part, or the bytes of another. ``media_type`` is what the package says of it."""

    name: str
    kind: str
    tree: Element | None = None
    data: bytes = b""
    relations: dict[str, Relation] = field(default_factory=dict)
    media_type: str = ""


@dataclass
class HouseFile:
    """A template in work: its parts by name, and what of it is left out."""

    name: str
    digest: str
    main: str
    parts: dict[str, Part]
    left_out: set[str] = field(default_factory=set)

    @property
    def document(self) -> Part:
        """The main document."""
        return self.parts[self.main]

    @property
    def body(self) -> Element:
        """The body of the main document."""
        body = tree_of(self.document).find(w("body"))
        assert body is not None, "a template without a body is refused"
        return body

    def related(self, kind: str) -> Part | None:
        """Return the part of ``kind`` that the main document has, or None."""
        relations = self.document.relations.values()
        return next((self.parts[r.target] for r in relations if r.kind == kind and not r.external), None)

    def free_name(self, wanted: str) -> str:
        """Return ``wanted``, or a name like it that no part has."""
        taken = {name.casefold() for name in self.parts}
        stem, suffix = posixpath.splitext(wanted)
        names = (wanted, *(f"{stem}b{number}{suffix}" for number in range(len(taken) + 1)))
        return next(name for name in names if name.casefold() not in taken)

    def add(self, part: Part) -> str:
        """Add a part that the main document leads to, and return the id of the relationship."""
        self.parts[part.name] = part
        return relate(self.document, Relation(part.kind, part.name))

    def of_kind(self, *kinds: str) -> Iterator[Part]:
        """Yield the parts of some kinds, by name."""
        return (part for _name, part in sorted(self.parts.items()) if part.kind in kinds)


def relate(part: Part, relation: Relation) -> str:
    """Add a relationship to a part and return its id."""
    # Nearly always the next number: ids that are taken come only from a file that Briefer wrote.
    number = len(part.relations) + 1
    while f"rIdB{number}" in part.relations:
        number += 1
    part.relations[f"rIdB{number}"] = relation
    return f"rIdB{number}"


def tree_of(part: Part) -> Element:
    """Return the tree of an XML part."""
    assert part.tree is not None, "an XML part has a tree"
    return part.tree


def read_house(path: Path) -> HouseFile:
    """Read a template.

    Raises:
        InputError: ``input-missing``, ``input-unreadable``, ``input-empty``, ``input-too-large``,
            ``input-damaged``, ``input-locked``, ``input-unsafe``, ``template-kind``.
    """
    return parse_house(path.name, _bytes(path))


def parse_house(name: str, data: bytes) -> HouseFile:
    """Return the template in ``data``; raises as :func:`read_house` does."""
    _check_kind(name, data)
    package = Package(name, data, part_mb=MOST_PART_MB, unpacked_mb=2 * MOST_MB)
    main = package.main
    _check_main(package, main)
    types = _types(package)
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in types.values()):
        raise InputError("input-unsafe", name=name, detail=_UNSAFE_KINDS["vbaProject"])
    house = HouseFile(name, sha256(data).hexdigest(), main, {})
    _Loader(package, types, house).load(main, "document")
    styles = house.related("styles")
    if styles and sum(1 for _style in tree_of(styles).iter(w("style"))) > MOST_STYLES:
        detail = f"it has more than {MOST_STYLES} styles"
        raise InputError("input-unsafe", name=name, detail=detail)
    return house


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_MB * 1_000_000:
            raise InputError("input-too-large", name=path.name, limit=MOST_MB)
        with in_use.opened(path) as file:
            return file.read()
    except FileNotFoundError:
        raise InputError("input-missing", name=path.name) from None
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise InputError("input-unreadable", name=path.name, detail=detail) from error


def _check_kind(name: str, data: bytes) -> None:
    if not data:
        raise InputError("input-empty", name=name)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError("input-locked", name=name)
        raise InputError("template-kind", name=name, detail="it is of Word 2003 or older")
    if not is_zip(data):
        raise InputError("template-kind", name=name, detail="it is no package")


def _check_main(package: Package, main: str) -> None:
    if any(".." in info.filename.replace("\\", "/").split("/") for info in package.infos):
        raise InputError("input-unsafe", name=package.name, detail="a part's name leads out of the file")
    kind = package.media_type
    if "macroEnabled" in kind:
        raise InputError("input-unsafe", name=package.name, detail=_UNSAFE_KINDS["vbaProject"])
    if not main or kind not in _MAIN_TYPES:
        detail = f"its content is {kind[:80]}" if kind else "it has no main document"
        raise InputError("template-kind", name=package.name, detail=detail)


def _types(package: Package) -> dict[str, str]:
    """Return the media types that the package states, by the part's name or by ``.suffix``, in lower case."""
    found = {}
    for element in package.xml("[Content_Types].xml"):
        kind = element.get("ContentType", "")
        if (suffix := element.get("Extension")) is not None:
            found[f".{suffix.casefold()}"] = kind
        else:
            found[element.get("PartName", "").lstrip("/").casefold()] = kind
    return found


class _Loader:
    def __init__(self, package: Package, types: dict[str, str], house: HouseFile) -> None:
        self._package = package
        self._types = types
        self._house = house

    def load(self, name: str, kind: str) -> None:
        """Load a part and all that it leads to."""
        waiting = [(name, kind)]
        while waiting:
            name, kind = waiting.pop()
            if name in self._house.parts:
                self._same_kind(name, kind)
                continue
            part = self._part(name, kind)
            self._house.parts[name] = part
            waiting += [(r.target, r.kind) for r in part.relations.values() if not r.external]

    def _same_kind(self, name: str, kind: str) -> None:
        if self._house.parts[name].kind != kind:
            raise InputError("input-damaged", name=self._house.name, detail=f"its part {name} is two things")

    def _part(self, name: str, kind: str) -> Part:
        if kind in BINARY_KINDS:
            return Part(name, kind, data=self._package.read(name), media_type=self._media_type(name))
        data = self._package.read(name)
        if data.count(b"<") > MOST_MARKS:
            detail = f"its part {name} has more elements than any template needs"
            raise InputError("input-unsafe", name=self._house.name, detail=detail)
        tree = parse(data, self._house.name, name)
        if tree.tag == f"{{{_STRICT}}}document":
            detail = "it is saved as Strict Open XML"
            raise InputError("template-kind", name=self._house.name, detail=detail)
        wanted = _ROOTS.get(kind)
        if wanted and tree.tag != f"{{{W}}}{wanted}":
            raise InputError("input-damaged", name=self._house.name, detail=f"its part {name} is no {kind}")
        if kind == "document" and tree.find(w("body")) is None:
            raise InputError("input-damaged", name=self._house.name, detail="its text is missing")
        return Part(name, kind, tree, relations=self._relations(name))

    def _media_type(self, name: str) -> str:
        folded = name.casefold()
        return self._types.get(folded) or self._types.get(posixpath.splitext(folded)[1], "")

    def _relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if part not in self._package:
            return {}
        found = {}
        for element in self._package.xml(part):
            relation = self._relation(element, folder)
            if relation:
                found[element.get("Id", "")] = relation
        return found

    def _relation(self, element: Element, folder: str) -> Relation | None:
        """Return a relationship that is kept, or None."""
        namespace, _slash, kind = element.get("Type", "").rpartition("/")
        target = element.get("Target", "")
        if kind in _UNSAFE_KINDS:
            raise InputError("input-unsafe", name=self._house.name, detail=_UNSAFE_KINDS[kind])
        if element.get("TargetMode") == "External":
            return Relation(kind, target, external=True) if kind == "hyperlink" and namespace == R else None
        if namespace != R or kind not in XML_KINDS | BINARY_KINDS:
            self._leave_out(kind)
            return None
        joined = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return Relation(kind, joined)

    def _leave_out(self, kind: str) -> None:
        what = {"chart": "a chart", "diagramData": "a diagram", "glossaryDocument": "building blocks"}.get(
            kind
        )
        if what:
            self._house.left_out.add(what)
