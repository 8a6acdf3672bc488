"""The filters in the text of a query: found for the chips, added and taken out by clicks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefer.domain.queries import Field
from briefer.domain.tags import Tag, TagKind, parse_tag
from briefer.errors import UsageError

_TOKEN = re.compile(
    rf"""(?P<phrase>"[^"]*(?:"|$))|(?P<filter>(?P<minus>-?)(?P<field>{"|".join(Field)}):(?P<value>"[^"]*(?:"|$)|[^\s"()]*))""",
    re.IGNORECASE,
)
_TAG_FIELDS = {Field(kind.value) for kind in TagKind}


@dataclass(frozen=True)
class Filter:
    """One ``field:value`` of a query, and where it stands in the text."""

    start: int
    end: int
    field: Field
    value: str
    negated: bool = False

    @property
    def tag(self) -> Tag | None:
        """The tag that it asks for, or None for other fields and for a field without a value."""
        if self.field not in _TAG_FIELDS or not self.value or self.negated:
            return None
        try:
            return parse_tag(f"{self.field}:{self.value}")
        except UsageError:
            return None


def filters(text: str) -> tuple[Filter, ...]:
    """Return the filters of a query, in order; words and phrases are none."""
    return tuple(
        Filter(m.start(), m.end(), Field(m["field"].lower()), m["value"].strip('"'), bool(m["minus"]))
        for m in _TOKEN.finditer(text)
        if m["filter"] and (m.start() == 0 or text[m.start() - 1] in " (\t\u3000")
    )


def without(text: str, taken: Filter) -> str:
    """Return the query without one filter."""
    return " ".join(f"{text[: taken.start].rstrip()} {text[taken.end :].lstrip()}".split("\n")).strip()


def toggled(text: str, field: Field, value: str) -> str:
    """Return the query with the filter ``field:value`` added at its end, or taken out where it stands."""
    for present in filters(text):
        same = present.value.casefold() == value.casefold()
        if present.field is field and same and not present.negated:
            return without(text, present)
    shown = f'"{value}"' if re.search(r"[\s()]", value) else value
    return f"{text.rstrip()} {field}:{shown}".lstrip()


def asked_tags(text: str) -> tuple[Tag, ...]:
    """Return the tags that a query asks for, each once."""
    return tuple(dict.fromkeys(f.tag for f in filters(text) if f.tag is not None))
