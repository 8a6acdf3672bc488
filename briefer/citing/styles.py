"""Citation styles by name: those that come with Briefer, and files of the user's.

A ``.csl`` file may come from anywhere. It is parsed without document types and entities, and what citeproc-js
would stumble over is refused here, with the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from lxml import etree

from briefer import in_use
from briefer.domain.citation_styles import SHORT_NAMES, CitationStyle
from briefer.domain.names import words_of
from briefer.errors import InputError, UsageError

NAMESPACE: Final = "http://purl.org/net/xbiblio/csl"
LARGEST: Final = 4 * 1024 * 1024
"""Bytes; the largest style of the official repository has 300 kB."""

SHORT: Final = SHORT_NAMES
"""Short names of styles. The first of them is the default."""

_DEEPEST: Final = 100
_PARENT: Final = re.compile(r"/styles/([^/?#]+)/?$")
_RENDERING: Final = words_of(
    "alternative alternative-text choose condition conditions date date-part else else-if et-al group if"
    " institution institution-part key label layout name name-part names number sort substitute text"
)
"""What may stand inside macros, ``citation`` and ``bibliography`` (CSL 1.0.2 and its citeproc-js extensions)."""


@dataclass(frozen=True)
class Style:
    """An independent style. ``language`` is its own BCP 47 tag or empty; ``in_text`` its class.

    ``tells_doubt`` is whether it has a form of its own for dates that are not sure, ``tells_place`` whether its
    citations give the place in the source, ``numeric`` whether these are numbers. ``closing`` is the full stop that it sets behind each cite itself.
    """

    name: str
    xml: str
    in_text: bool
    language: str
    tells_doubt: bool
    tells_place: bool
    numeric: bool
    closing: str


class Styles:
    """The styles in ``bundled``, and files of the user's by their path or in the folder ``own``."""

    def __init__(self, bundled: Path, own: Path | None = None) -> None:
        self._bundled = bundled
        self._own = own
        # Those that come along do not change while the program runs.
        self._found: dict[Path, Style] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names, the default first: short names where there are some, and the user's."""
        default = next(iter(SHORT))
        return tuple(dict.fromkeys((default, *sorted(self._files()))))

    def all(self) -> tuple[CitationStyle, ...]:
        """Return what there is to tell of each style, in the order of :meth:`names`."""
        files = self._files()
        return tuple(self._told(name, files[name]) for name in self.names() if name in files)

    def tried(self, path: Path) -> tuple[CitationStyle, Style, bytes]:
        """Return a file that is to be added: what it tells, the style, and its bytes. Raises as :meth:`find`."""
        data = _bytes_of(path)
        root = _parsed(data, path.name)
        return _description(root, path.stem, path), self._resolved(root, path, beside=False), data

    def _files(self) -> dict[str, Path]:
        """Return the file of each style by name; the user's own stands in the place of one that comes along."""
        short = {name: short for short, name in SHORT.items()}
        folders = [folder for folder in (self._bundled, self._own) if folder]
        paths = (path for folder in folders for path in folder.glob("*.csl"))
        return {short.get(path.stem, path.stem): path for path in paths}

    def _told(self, name: str, path: Path) -> CitationStyle:
        file = path if path.parent == self._own else None
        try:
            root = _parsed(_bytes_of(path), path.name)
            in_text = self._resolved(root, path).in_text if file else root.get("class") == "in-text"
        except InputError as error:
            return CitationStyle(name, path.stem, file=file, problem=str(error))
        return replace(_description(root, name, file), in_text=in_text)

    def find(self, name: str) -> Style:
        """Return the style of that name, or of the file of that path.

        Raises:
            UsageError: ``style-unknown``.
            InputError: ``style-line``, ``style-parent``; ``input-missing`` and ``input-unreadable`` for a path.
        """
        if name.lower().endswith(".csl"):
            return self._read(Path(name))
        path = self._path(name)
        if path is None:
            raise UsageError("style-unknown", style=name, known=", ".join(self.names()))
        return self._read(path)

    def _path(self, name: str) -> Path | None:
        """Return the file of a name, which never leaves the folders; the user's own goes first."""
        if not re.fullmatch(r"[\w.-]+", name):
            return None
        asked = SHORT.get(name, name)
        names = (name, asked, self._renamed.get(asked, asked))
        folders = [folder for folder in (self._own, self._bundled) if folder]
        found = (folder / f"{stem}.csl" for stem in names for folder in folders)
        return next((path for path in found if path.is_file()), None)

    @cached_property
    def _renamed(self) -> dict[str, str]:
        data = json.loads((self._bundled / "renamed-styles.json").read_bytes())
        return {str(old): str(new) for old, new in data.items()}

    def _read(self, path: Path) -> Style:
        found = self._found.get(path) or self._resolved(_parsed(_bytes_of(path), path.name), path)
        if path.parent == self._bundled:
            self._found[path] = found
        return found

    def _resolved(self, root: etree._Element, path: Path, *, beside: bool = True) -> Style:
        """Return the style of a file, with its parent's form where it rests on one.

        The parent is one of those that there are, or (``beside``) lies in the folder of the file.
        """
        parent = _parent(root)
        if parent is None:
            _check(root, path.name)
            return _style(root, path)
        near = path.with_name(f"{parent}.csl")
        found = near if beside and near.is_file() else self._path(parent)
        if found is None:
            raise InputError("style-parent", name=path.name, parent=parent)
        independent = _parsed(_bytes_of(found), found.name)
        if _parent(independent) is not None:
            raise InputError("style-parent", name=found.name, parent=_parent(independent))
        _check(independent, found.name)
        language = root.get("default-locale")
        if language:
            independent.set("default-locale", language)
        return _style(independent, path)


def _style(root: etree._Element, path: Path) -> Style:
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    xml = etree.tostring(root, encoding="unicode")
    return Style(
        name=path.stem,
        xml=xml,
        in_text=root.get("class") == "in-text",
        language=root.get("default-locale", ""),
        tells_doubt="is-uncertain-date" in xml,
        tells_place='variable="locator' in xml,
        numeric='citation-format="numeric"' in xml,
        closing=_closing(root),
    )


def _closing(root: etree._Element) -> str:
    groups = root.findall(f"{{{NAMESPACE}}}citation/{{{NAMESPACE}}}layout/{{{NAMESPACE}}}group")
    suffix = groups[-1].get("suffix", "") if groups else ""
    return suffix if suffix in {".", "。"} else ""


def _description(root: etree._Element, name: str, file: Path | None) -> CitationStyle:
    return CitationStyle(
        name=name,
        title=" ".join(root.findtext(f"{{{NAMESPACE}}}info/{{{NAMESPACE}}}title", "").split()) or name,
        language=root.get("default-locale", ""),
        in_text=root.get("class") == "in-text",
        file=file,
        parent=_parent(root) or "",
    )


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise _refusal(path.name, 1, "it is far larger than any style")
        with in_use.opened(path) as file:
            return file.read()
    except FileNotFoundError:
        raise InputError("input-missing", name=path.name) from None
    except OSError as error:
        raise InputError("input-unreadable", name=path.name, detail=error.strerror) from None


def _parsed(data: bytes, name: str) -> etree._Element:
    """Return the root of a style.

    Raises:
        InputError: it is not XML, declares a document type, or is no style.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise _refusal(name, line, f"this is not well-formed XML ({error.msg})") from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _refusal(name, 1, "a document type is declared, which styles do not need")
    if root.tag != f"{{{NAMESPACE}}}style":
        raise _refusal(name, _line(root), "this is not a style of the Citation Style Language")
    return root


def _parent(root: etree._Element) -> str | None:
    for link in root.iterfind(f"{{{NAMESPACE}}}info/{{{NAMESPACE}}}link"):
        match = _PARENT.search(link.get("href", ""))
        if link.get("rel") == "independent-parent" and match:
            return match[1]
    return None


def _check(root: etree._Element, name: str) -> None:
    """Refuse what the processor would throw at, or never end with."""
    if root.get("class") not in {"note", "in-text"}:
        raise _refusal(name, _line(root), "the class of the style is neither note nor in-text")
    layouts = root.findall(f"{{{NAMESPACE}}}citation/{{{NAMESPACE}}}layout")
    if not layouts:
        raise _refusal(name, _line(root), "there is no layout of citations")
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{{{NAMESPACE}}}macro")}
    parts = [*macros.values(), *(p for tag in ("citation", "bibliography") for p in _all(root, tag))]
    for part in parts:
        for element in part.iterdescendants("*"):
            tag = etree.QName(element).localname
            if tag not in _RENDERING:
                raise _refusal(name, _line(element), f"an element {tag} cannot stand here")
            called = element.get("macro")
            if called is not None and called not in macros:
                raise _refusal(name, _line(element), f"there is no macro {called}")
    _refuse_circles(macros, name)


def _refuse_circles(macros: dict[str, etree._Element], name: str) -> None:
    done: set[str] = set()

    def follow(macro: str, above: tuple[str, ...]) -> None:
        for call in macros[macro].iterfind(".//*[@macro]"):
            called = call.get("macro", "")
            if len(above) > _DEEPEST:
                raise _refusal(name, _line(call), "macros call macros too many times over")
            if called == macro or called in above:
                raise _refusal(name, _line(call), f"the macro {called} calls itself")
            if called not in done:
                follow(called, (*above, macro))
        done.add(macro)

    for macro in macros:
        if macro not in done:
            follow(macro, ())


def _all(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    yield from root.iterfind(f"{{{NAMESPACE}}}{tag}")


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def _refusal(name: str, line: int, detail: str) -> InputError:
    return InputError("style-line", name=name, line=line, detail=detail)
