"""Protective markings: schemes are data (``resources/markings/*.json``), not code."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.documents import Marking
from briefer.errors import UsageError


@dataclass(frozen=True)
class MarkingLevel:
    """One level of a scheme; within a scheme a higher ``rank`` is the stricter one.

    ``portion`` is how a single portion is marked («(S)»); its label in brackets where empty. ``on_ground`` is the
    colour (``#rrggbb``) of its label where the scheme has a ground. ``same_as`` names the levels of other schemes
    (``scheme/level``) that are declared to be equal to it: only through these do schemes compare.
    """

    id: str
    label: str
    rank: int
    portion: str = ""
    on_ground: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkingScheme:
    """An ordered set of levels, and where and how its owner wants them placed (``source`` says who does).

    ``ground`` is the colour behind the label, if any. ``unmarked`` is the mark of a portion that bears no marking,
    in schemes that want all portions of a document marked or none; empty in the others. ``portioned`` is whether the
    scheme wants portions marked in any case. ``same_as_source`` is the agreement by which levels of other schemes are
    the same as some of these.
    """

    id: str
    name_en: str
    levels: tuple[MarkingLevel, ...]
    name_ja: str = ""
    source: str = ""
    placement: tuple[str, ...] = ("header", "footer")
    align: str = "center"
    colour: str = "#000000"
    bold: bool = True
    capitals: bool = False
    size_pt: int = 12
    ground: str = ""
    unmarked: str = ""
    same_as_source: str = ""
    portioned: bool = False

    def show(self, level: MarkingLevel) -> Marking:
        """Return how ``level`` is shown under this scheme."""
        return Marking(
            text=level.label.upper() if self.capitals else level.label,
            colour=self.colour,
            align=self.align,
            placement=self.placement,
            bold=self.bold,
            size_pt=self.size_pt,
            ground=self.ground,
            on_ground=level.on_ground,
        )


def check_marking(marking: str, schemes: tuple[MarkingScheme, ...]) -> None:
    """Refuse a level that its scheme does not have; other texts are nobody's scheme and are let through.

    Raises:
        UsageError: ``marking-unknown``.
    """
    scheme_id, slash, level_id = marking.strip().partition("/")
    for scheme in schemes:
        if slash and scheme.id == scheme_id and all(level.id != level_id for level in scheme.levels):
            known = ", ".join(f"{scheme.id}/{level.id}" for level in scheme.levels)
            raise UsageError("marking-unknown", marking=marking, known=known)


def shown(marking: str, schemes: tuple[MarkingScheme, ...]) -> Marking | None:
    """Return how a brief's marking is shown, or None for no marking.

    ``marking`` is ``scheme/level`` by their ids, the label of a level that only one scheme has, or any other
    text; a label that several have (SECRET) is shown plainly, because whose it is cannot be known.
    """
    text = marking.strip()
    if not text:
        return None
    found = level_of(text, schemes)
    return found[0].show(found[1]) if found else Marking(text)


def portion(marking: str, schemes: tuple[MarkingScheme, ...], overall: str = "") -> str:
    """Return the mark of a portion that bears ``marking`` (as in :func:`shown`).

    A portion without one has a mark where the scheme of the document's own marking, ``overall``, wants all portions
    marked or none; it is empty elsewhere.
    """
    text = marking.strip()
    if not text:
        whole = level_of(overall.strip(), schemes)
        return whole[0].unmarked if whole else ""
    found = level_of(text, schemes)
    return found[1].portion or f"({found[1].label})" if found else f"({text})"


def level_in(
    scheme: MarkingScheme, marking: str, schemes: tuple[MarkingScheme, ...] = ()
) -> MarkingLevel | None:
    """Return the level of ``scheme`` that a marking names, by its ids or its label.

    A level of another of the ``schemes`` counts where the two are declared to be the same; None for all others.
    """
    text = marking.strip()
    for level in scheme.levels:
        if text == f"{scheme.id}/{level.id}" or text.casefold() == level.label.casefold():
            return level
    other = level_of(text, schemes)
    if other is None:
        return None
    name = f"{other[0].id}/{other[1].id}"
    return next(
        (one for one in scheme.levels if name in one.same_as or f"{scheme.id}/{one.id}" in other[1].same_as),
        None,
    )


def lowers(before: str, after: str, schemes: tuple[MarkingScheme, ...]) -> bool:
    """Whether a marking is less than the one before it: lower in its scheme, none, or one that does not compare with it."""
    was, is_ = before.strip(), after.strip()
    if not was or was == is_:
        return False
    owner = level_of(was, schemes)
    found = level_in(owner[0], is_, schemes) if owner else None
    return owner is None or found is None or found.rank < owner[1].rank


def check_lowered(before: str, after: str, schemes: tuple[MarkingScheme, ...], reason: str) -> None:
    """Refuse a marking that is less than the one before it, without a reason.

    Raises:
        UsageError: ``marking-lowered``.
    """
    if lowers(before, after, schemes) and not reason.strip():
        raise UsageError("marking-lowered", before=before, after=after or "none")


def level_of(marking: str, schemes: tuple[MarkingScheme, ...]) -> tuple[MarkingScheme, MarkingLevel] | None:
    """Return the scheme and level of a marking (as in :func:`shown`), or None for a text that is nobody's."""
    text = marking.strip()
    levels = [(scheme, level) for scheme in schemes for level in scheme.levels]
    for scheme, level in levels:
        if text == f"{scheme.id}/{level.id}":
            return scheme, level
    owners = [(scheme, level) for scheme, level in levels if level.label.casefold() == text.casefold()]
    return owners[0] if len(owners) == 1 else None
