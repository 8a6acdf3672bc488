"""Complex fields: a code, and what it shows until a program reckons it anew."""

from __future__ import annotations

from briefer.export.docx.xml import Element, add, add_text


def begin_field(paragraph: Element, code: str) -> None:
    """Open a field; what is appended next is its result."""
    add(add(paragraph, "r"), "fldChar", fldCharType="begin")
    add_text(add(paragraph, "r"), f" {code} ", "instrText")
    add(add(paragraph, "r"), "fldChar", fldCharType="separate")


def end_field(paragraph: Element) -> None:
    """Close the field."""
    add(add(paragraph, "r"), "fldChar", fldCharType="end")


def add_field(paragraph: Element, code: str, cached: str) -> None:
    """Append a field that shows ``cached``."""
    begin_field(paragraph, code)
    add_text(add(paragraph, "r"), cached)
    end_field(paragraph)
