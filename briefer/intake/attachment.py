"""What is known but cannot be read: kept with its bytes, as a source whose text somebody may type in."""

from __future__ import annotations

from pathlib import PurePath

from briefer.domain.sources import Capture, Reading
from briefer.intake.format import Format
from briefer.services.ports import AS_ATTACHMENT, Taken

# The signature of compound files (MS-CFB 2.2): Office before 2007, Outlook, and encrypted Office files.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Encrypted Office files are compound files with a stream of that name (MS-OFFCRYPTO 2.3.4.4).
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_DOCUMENTS = {
    ".doc": ("application/msword", "an old Word file (.doc)"),
    ".dot": ("application/msword", "an old Word template (.dot)"),
    ".msg": ("application/vnd.ms-outlook", "an Outlook message (.msg)"),
    ".ppt": ("application/vnd.ms-powerpoint", "an old PowerPoint file (.ppt)"),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "a PowerPoint file (.pptx)",
    ),
    ".odp": ("application/vnd.oasis.opendocument.presentation", "a presentation (.odp)"),
}
_TABLES = {
    ".xls": ("application/vnd.ms-excel", "an old Excel file (.xls)"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "an Excel file (.xlsx)"),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", "a spreadsheet (.ods)"),
}
_PICTURES = {
    ".png": ("image/png", "a picture"),
    ".jpg": ("image/jpeg", "a picture"),
    ".jpeg": ("image/jpeg", "a picture"),
    ".tif": ("image/tiff", "a picture or a scan"),
    ".tiff": ("image/tiff", "a picture or a scan"),
    ".gif": ("image/gif", "a picture"),
    ".webp": ("image/webp", "a picture"),
    ".heic": ("image/heic", "a picture"),
    ".heif": ("image/heif", "a picture"),
    ".bmp": ("image/bmp", "a picture"),
}
_ALL = {**_DOCUMENTS, **_TABLES, **_PICTURES}
_LOCKABLE = (".docx", ".docm", ".dotx", ".dotm", ".pptx", ".xlsx")


def _keep(taken: Taken) -> Capture:
    suffix = _suffix(taken)
    stated = "" if taken.media_type == AS_ATTACHMENT else taken.media_type
    unknown = (stated or "application/octet-stream", "a file that cannot be read")
    media_type, why = _ALL.get(suffix, unknown)
    if taken.data.startswith(_COMPOUND) and _ENCRYPTED in taken.data:
        why = "an Office file that is locked with a password"
    elif taken.data.startswith(_COMPOUND) and suffix in _LOCKABLE:
        why = f"an old Office file, though it is named {suffix}"
    return Capture(
        title=PurePath(taken.name).stem,
        text="",
        reading=Reading(),
        media_type=media_type,
        encoding="",
        kind="document",
        unreadable=why,
    )


def _is_compound(taken: Taken) -> bool:
    named = {*_DOCUMENTS, *_TABLES, *_LOCKABLE, ""}
    return taken.data.startswith(_COMPOUND) and _suffix(taken) in named


def _suffix(taken: Taken) -> str:
    return PurePath(taken.name).suffix.lower()


def _media_types(kinds: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(media_type for media_type, _why in kinds.values()))


FORMAT = Format(
    name="attachment",
    media_types=(*_media_types(_DOCUMENTS), AS_ATTACHMENT),
    suffixes=tuple(_DOCUMENTS),
    sniff=_is_compound,
    read=_keep,
    limit_mb=100,
)
TABLES = Format(
    name="attachment",
    media_types=_media_types(_TABLES),
    suffixes=tuple(_TABLES),
    read=_keep,
    limit_mb=100,
    in_folders=False,
)
PICTURES = Format(
    name="attachment",
    media_types=_media_types(_PICTURES),
    suffixes=tuple(_PICTURES),
    read=_keep,
    limit_mb=100,
    in_folders=False,
)
