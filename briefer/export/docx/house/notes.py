"""Foot- and endnotes: ours are put behind those that the house's file has, under ids that are free there."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from itertools import islice

from briefer.export.docx.house.files import HouseFile, Part, tree_of
from briefer.export.docx.house.ids import free
from briefer.export.docx.house.own import OwnFile, relations_name
from briefer.export.docx.xml import Element, w

KINDS = ("footnote", "endnote")


def notes_of(own: OwnFile, kind: str) -> list[Element]:
    """Return the notes of the brief itself, its separators left aside."""
    name = f"word/{kind}s.xml"
    return [n for n in own.tree(name) if n.get(w("type")) is None] if name in own.parts else []


def renumber(notes: Iterable[Element], house: Part, marks: Iterable[Element]) -> list[Element]:
    """Return copies of ``notes`` under free ids, and let ``marks``, which refer to them, follow."""
    notes = list(notes)
    numbers = islice(free(n.get(w("id")) for n in tree_of(house)), len(notes))
    ids = {note.get(w("id"), ""): number for note, number in zip(notes, numbers, strict=True)}
    for mark in marks:
        mark.set(w("id"), ids[mark.get(w("id"), "")])
    copies = [deepcopy(note) for note in notes]
    for note in copies:
        note.set(w("id"), ids[note.get(w("id"), "")])
    return copies


def notes_part(house: HouseFile, own: OwnFile, kind: str) -> Part:
    """Return the house's part for notes of ``kind``; Briefer's, with its separators, where it has none."""
    found = house.related(f"{kind}s")
    if found is not None:
        return found
    tree = deepcopy(own.tree(f"word/{kind}s.xml"))
    for note in [n for n in tree if n.get(w("type")) is None]:
        tree.remove(note)
    part = Part(house.free_name(f"word/{kind}s.xml"), f"{kind}s", tree)
    house.add(part)
    return part


def relations_of(own: OwnFile, kind: str) -> list[Element]:
    """Return the relationships that the brief's notes have (their links)."""
    name = f"word/{kind}s.xml"
    return own.relations(name) if relations_name(name) in own.parts else []
