"""What something else than Briefer has changed in a library, as the record tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Altered:
    """A source, an excerpt, a brief, a term or a form that is not as Briefer has stored it; ``why`` says what of it, in English.

    ``kind`` and ``id`` are those by which a person finds it. Nobody can confirm the text of a capture, which never changes:
    ``text`` tells that it is another.
    """

    kind: str
    id: str
    label: str
    why: str
    text: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.id} “{self.label}”: {self.why}"
