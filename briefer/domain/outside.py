"""What something else than Briefer has changed in a library, or taken out of it, as the record tells."""

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


@dataclass(frozen=True)
class Missing:
    """A thing that the record knows and that is nowhere, and why that is told, in English.

    ``kind`` and ``id`` are those of its state (`domain.digests`); ``of`` is the id of the source or brief that it is a part
    of, as an excerpt, the reading of a capture and a kept version are, empty where it is none.
    """

    kind: str
    id: str
    label: str
    of: str
    why: str
