"""Zip files under guard: the packages that Word and OpenDocument files are, and plain archives.

The limits come from files that took unguarded readers gigabytes and minutes (nested repetition that unpacks
a thousandfold, entities that stand for entities). What is over them is refused before it is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from briefer.errors import InputError

MB = 1_000_000
MOST_UNPACKED_MB = 200
MOST_PART_MB = 60
MOST_RATIO = 200
MOST_ENTRIES = 5_000
# So many "<" are two million elements and more, of which a tree is still well under a gigabyte.
MOST_MARKS = 5_000_000
# Below this a high ratio says nothing: a table of empty cells packs as well as a bomb.
_RATIO_FROM = 10 * MB
_SIGNATURE = b"PK\x03\x04"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_DIRECTORY_END = b"PK\x05\x06"
_LONGEST_END = 22 + 0xFFFF
_TYPES = "[Content_Types].xml"
_OFFICE_DOCUMENT = "/officeDocument"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    struct.error,
    KeyError,
)


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip file with something in it does."""
    return data.startswith(_SIGNATURE)


class Package:
    """A zip file opened under guard.

    ``part_mb`` is the most that one part may unpack to, ``unpacked_mb`` all of them
    (:data:`MOST_UNPACKED_MB` where None).

    Raises:
        InputError: ``input-damaged``, or ``input-unsafe`` when it would unpack to more than the limits.
    """

    def __init__(
        self, name: str, data: bytes, *, part_mb: int = MOST_PART_MB, unpacked_mb: int | None = None
    ) -> None:
        self.name = name
        self._part_mb = part_mb
        if _entries(data) > MOST_ENTRIES:
            raise InputError("input-unsafe", name=self.name, detail=f"it has more than {MOST_ENTRIES} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise InputError("input-damaged", name=self.name, detail="its list of parts is broken") from error
        self._infos = [info for info in self._zip.infolist() if not info.is_dir()]
        self._check(MOST_UNPACKED_MB if unpacked_mb is None else unpacked_mb)
        self._parts = {_folded(info.filename): info for info in reversed(self._infos)}

    def _check(self, most_mb: int) -> None:
        unpacked = sum(info.file_size for info in self._infos)
        packed = sum(info.compress_size for info in self._infos)
        if unpacked > most_mb * MB:
            detail = f"it unpacks to more than {most_mb} MB"
        elif unpacked > _RATIO_FROM and unpacked > packed * MOST_RATIO:
            detail = f"it unpacks to {MOST_RATIO} times its size and more"
        else:
            return
        raise InputError("input-unsafe", name=self.name, detail=detail)

    @property
    def infos(self) -> tuple[zipfile.ZipInfo, ...]:
        """The parts, folders left out, in their order; names and sizes as the package states them."""
        return tuple(self._infos)

    def __contains__(self, part: str) -> bool:
        return _folded(part) in self._parts

    def read(self, part: str | zipfile.ZipInfo) -> bytes:
        """Return a part's bytes.

        Raises:
            InputError: ``input-damaged``, ``input-locked``, ``input-unsafe``.
        """
        info = part if isinstance(part, zipfile.ZipInfo) else self._parts.get(_folded(part))
        if info is None:
            raise InputError("input-damaged", name=self.name, detail=f"its part {part} is missing")
        if info.flag_bits & 0x1:
            raise InputError("input-locked", name=self.name)
        most = self._part_mb * MB
        try:
            # Others (bzip2, LZMA) unpack without a bound on the memory that they take for it.
            if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise NotImplementedError
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)
        except _DAMAGE as error:
            detail = f"its part {info.filename} cannot be unpacked"
            raise InputError("input-damaged", name=self.name, detail=detail) from error
        if len(data) > most:
            detail = f"its part {info.filename} unpacks to more than {self._part_mb} MB"
            raise InputError("input-unsafe", name=self.name, detail=detail)
        return data

    def xml(self, part: str) -> etree._Element:
        """Return the root element of a part.

        Raises:
            InputError: as :meth:`read`; ``input-unsafe`` too for a document type and for too many elements.
        """
        return parse(self.read(part), self.name, part)

    @cached_property
    def media_type(self) -> str:
        """What the package says that it is: the type of its main document, or nothing for a plain archive."""
        if "mimetype" in self:
            return self.read("mimetype")[:200].decode("ascii", "replace").strip()
        if _TYPES not in self:
            return ""
        types = self.xml(_TYPES)
        main = _folded(self.main)
        for override in types.iter("{*}Override"):
            if _folded(override.get("PartName", "")) == main:
                return override.get("ContentType", "")
        suffix = posixpath.splitext(main)[1].removeprefix(".")
        defaults = (d for d in types.iter("{*}Default") if d.get("Extension", "").casefold() == suffix)
        return next((d.get("ContentType", "") for d in defaults), "")

    @cached_property
    def main(self) -> str:
        """The name of the main document of an Office package, or nothing."""
        usual = "word/document.xml"
        return next(iter(self.related("", _OFFICE_DOCUMENT)), usual if usual in self else "")

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the parts inside the package to which ``part`` is related by a type that ends in ``kind``."""
        folder, base = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self:
            return ()
        return tuple(
            posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
            for item in self.xml(relations).iter("{*}Relationship")
            if item.get("Type", "").endswith(kind) and item.get("TargetMode") != "External"
        )


def _entries(data: bytes) -> int:
    """Count the entries that the directory at the end lists, without reading them."""
    end = data.rfind(_DIRECTORY_END, max(0, len(data) - _LONGEST_END))
    if end < 0 or end + 16 > len(data):
        return 0
    (size,) = struct.unpack_from("<I", data, end + 12)
    return data.count(_DIRECTORY_ENTRY, max(0, end - size))


def _folded(part: str) -> str:
    # Names of parts are compared without case (ECMA-376 part 2, 6.2.2.3); some writers use backslashes.
    return part.replace("\\", "/").lstrip("/").casefold()


def parse(data: bytes, name: str, part: str) -> etree._Element:
    """Return the root of an XML document that has no document type; comments are left out.

    Raises:
        InputError: ``input-damaged``, ``input-unsafe``.
    """
    if data.count(b"<") > MOST_MARKS:
        raise InputError("input-unsafe", name=name, detail=f"its part {part} has millions of elements")
    refusal = InputError("input-unsafe", name=name, detail=f"its part {part} declares entities")
    if b"<!DOCTYPE" in data or b"<\x00!\x00D\x00O\x00C\x00T" in data:
        raise refusal
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        detail = f"its part {part} is not well formed"
        raise InputError("input-damaged", name=name, detail=detail) from error
    # An encoding in which the bytes of a document type look different.
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal
    return root
