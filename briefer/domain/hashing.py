"""The digest of a text, made in this one way wherever one is stored, recorded or exported."""

from __future__ import annotations

from hashlib import sha256


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8: 64 hex digits. Lone surrogates, which UTF-8 has no bytes for, count as they are."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
