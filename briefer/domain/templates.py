"""House templates: which style plays which role in a brief, and which fields a template asks for.

A template is a Word file of the user's own. Its styles are guessed by their names; a person may choose others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from briefer.domain.briefs import Section
from briefer.domain.template_names import ROLE_NAMES, Match, folded, names_of
from briefer.errors import MESSAGES, UsageError


class StyleKind(StrEnum):
    """What a style is for: paragraphs, characters or tables."""

    PARAGRAPH = "paragraph"
    CHARACTER = "character"
    TABLE = "table"


class Role(StrEnum):
    """The parts that styles play in a brief."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    ANNEX_HEADING = "annex-heading"
    BODY = "body"
    NUMBERED_PARAGRAPH = "numbered-paragraph"
    QUOTATION = "quotation"
    TRANSLATION = "translation"
    BULLET = "list-bullet"
    NUMBERED = "list-number"
    CONTINUED = "list-continued"
    SOURCE = "source"
    TABLE = "table"
    TABLE_TEXT = "table-text"
    TABLE_HEADING = "table-heading"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    FOOTNOTE_MARK = "footnote-mark"
    ENDNOTE = "endnote"
    ENDNOTE_MARK = "endnote-mark"
    MARKING = "marking"
    MARKING_TEXT = "marking-text"
    HANDLING = "handling"
    PROMPT = "prompt"
    CODE = "code"
    CODE_TEXT = "code-text"
    LINK = "link"
    HEADER = "header"
    FOOTER = "footer"
    CONTENTS_HEADING = "contents-heading"
    CONTENTS_1 = "contents-1"
    CONTENTS_2 = "contents-2"
    CONTENTS_3 = "contents-3"

    @property
    def kind(self) -> StyleKind:
        """The kind of style that can play the role."""
        if self is Role.TABLE:
            return StyleKind.TABLE
        return StyleKind.CHARACTER if self in _CHARACTERS else StyleKind.PARAGRAPH


_CHARACTERS = frozenset({Role.FOOTNOTE_MARK, Role.ENDNOTE_MARK, Role.CODE_TEXT, Role.LINK})

MAIN_ROLES = frozenset(
    {
        Role.TITLE, Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.BODY, Role.QUOTATION, Role.BULLET,
        Role.NUMBERED, Role.SOURCE, Role.FOOTNOTE, Role.MARKING,
    }
)  # fmt: skip
"""The roles that nearly every brief uses; a template that has no style for one of them is worth a word."""


class Reason(StrEnum):
    """Why a style plays a role.

    A person chose it; it is the word processor's own style for it; its name says so; it is what paragraphs
    without a style look like; or nothing does, and Briefer's own style is added.
    """

    CHOSEN = "chosen"
    BUILT_IN = "built-in"
    NAME = "name"
    PLAIN = "plain"
    ADDED = "added"


@dataclass(frozen=True)
class TemplateStyle:
    """A style of a template. ``default`` is the one of its kind that holds where none is named.

    ``custom`` is one that the house made, rather than the word processor.
    """

    id: str
    name: str
    kind: StyleKind = StyleKind.PARAGRAPH
    default: bool = False
    custom: bool = False


@dataclass(frozen=True)
class Casting:
    """The style that plays ``role`` (None where Briefer's own is added), why, and which others could.

    ``style`` and ``alternatives`` are names as the word processor shows them.
    """

    role: Role
    style: str | None
    reason: Reason
    alternatives: tuple[str, ...] = ()


class Filling(StrEnum):
    """How a field is filled: with a line of text, or with blocks (headings, paragraphs, tables)."""

    TEXT = "text"
    BLOCKS = "blocks"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TemplateField:
    """A place of a template that asks to be filled: its name, whether it is a content control, and where it is.

    ``place`` is ``body``, ``header``, ``footer`` or ``notes``.
    """

    name: str
    control: bool = False
    place: str = "body"

    @property
    def filling(self) -> Filling:
        """What it is filled with."""
        if self.name in TEXT_FIELDS:
            return Filling.TEXT
        return Filling.BLOCKS if is_block_field(self.name) else Filling.UNKNOWN


@dataclass(frozen=True)
class TemplateWarning:
    """Something that a person should know of a template: a code of ``errors.MESSAGES`` and the data of its text."""

    code: str
    data: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The warning as a sentence in English."""
        return MESSAGES[self.code].format_map(dict(self.data))


@dataclass(frozen=True)
class Template:
    """What a template offers. ``digest`` is the SHA-256 of the file, by which choices are remembered."""

    name: str
    digest: str
    styles: tuple[TemplateStyle, ...]
    fields: tuple[TemplateField, ...] = ()
    warnings: tuple[TemplateWarning, ...] = ()


TITLE, DATE, AUDIENCE, AUTHOR = "title", "date", "audience", "author"
MARKING, HANDLING, COPY, DRAFT = "marking", "handling", "copy", "draft"
BODY = "body"
SECTION, SECTION_TEXT = "section:", "text:"
TEXT_FIELDS = frozenset({TITLE, DATE, AUDIENCE, AUTHOR, MARKING, HANDLING, COPY, DRAFT})
"""The fields that are filled with a line of text."""


def is_block_field(name: str) -> bool:
    """Whether a field is filled with blocks: ``body``, ``section:TYPE``, ``text:TYPE`` (without the heading)."""
    return name == BODY or name.startswith((SECTION, SECTION_TEXT))


def field_of(text: str) -> str:
    """Return the name of the field that ``text`` between ``{{`` and ``}}``, or of a content control, means.

    Names are compared without case and blanks; ``件名``, ``Protective marking`` and the like are other names of
    the fields. A name that is no field's is returned as it is.
    """
    folded = " ".join(text.split()).casefold()
    head, colon, rest = (part.strip() for part in folded.partition(":"))
    if colon and f"{head}:" in {SECTION, SECTION_TEXT} and rest:
        return f"{head}:{rest}"
    return names_of(_OTHER_NAMES).get(folded.replace("_", " ").replace("-", " "), folded)


_OTHER_NAMES = {
    TITLE: "title|subject|document title|件名|標題|表題|題名|タイトル|titre|titel|título|titolo",
    DATE: "date|meeting date|date of meeting|publish date|日付|日時|会談日|開催日|datum|fecha|data",
    AUDIENCE: "audience|for|to|addressee|宛先|宛名|提出先|報告先",
    AUTHOR: "author|from|drafted by|作成者|起案者|担当|担当者|auteur|autor|verfasser|autore",
    MARKING: "marking|protective marking|classification|security classification|機密区分|取扱区分|秘密区分|格付|格付け",
    HANDLING: "handling|handling instructions|caveat|caveats|取扱注意事項|取扱い|取扱方法",
    COPY: "copy|copy number|copy no|copy no.|部数|部番号",
    DRAFT: "draft|status|ドラフト|案",
    BODY: "body|brief|main text|本文|inhalt",
}


def cast(styles: Sequence[TemplateStyle], chosen: Iterable[tuple[str, str]] = ()) -> tuple[Casting, ...]:
    """Return for each role the style that plays it; ``chosen`` are pairs of a role and a style's name or id.

    The choice of ``""`` or ``briefer`` as style means Briefer's own.

    Raises:
        UsageError: ``template-role``, ``template-style`` for a choice that cannot be.
    """
    wanted = _checked(styles, chosen)
    read = tuple(_Read(style, folded(style.name), folded(style.id)) for style in styles)
    return tuple(_casting(role, read, wanted) for role in Role)


class _Read(NamedTuple):
    """A style, and its name and id in words."""

    style: TemplateStyle
    name: str
    id: str


def arranged(sections: Sequence[Section], fields: Iterable[TemplateField]) -> tuple[Section, ...]:
    """Return the sections of a brief in the order of the places that a template has for them.

    A section takes those below it along; what has no place of its own goes where ``body`` is, or to the end.
    """
    taken: dict[int, None] = {}
    placed: list[list[int]] = []
    names = dict.fromkeys(f.name for f in fields if f.filling is Filling.BLOCKS and f.place == "body")
    for name in names | {BODY: None}:
        found: list[int] = []
        for index in range(len(sections)) if name != BODY else ():
            if sections[index].type == name.partition(":")[2] and index not in taken:
                inside = [i for i in range(index, _end(sections, index)) if i not in taken]
                taken |= dict.fromkeys(inside)
                found += inside
        placed.append(found)
    rest = [index for index in range(len(sections)) if index not in taken]
    placed[list(names | {BODY: None}).index(BODY)] = rest
    return tuple(sections[index] for found in placed for index in found)


def _end(sections: Sequence[Section], start: int) -> int:
    """Return where the sections below one end."""
    level = sections[start].level
    after = (i for i in range(start + 1, len(sections)) if sections[i].level <= level)
    return next(after, len(sections))


OWN_STYLE = "briefer"
"""The name by which a person chooses Briefer's own style for a role."""


def _checked(
    styles: Sequence[TemplateStyle], chosen: Iterable[tuple[str, str]]
) -> dict[Role, TemplateStyle | None]:
    found: dict[Role, TemplateStyle | None] = {}
    for name, style_name in chosen:
        try:
            role = Role(name.strip().casefold())
        except ValueError:
            raise UsageError("template-role", role=name, known=", ".join(Role)) from None
        found[role] = None
        if style_name.strip().casefold() not in {"", OWN_STYLE}:
            found[role] = _named(styles, role, style_name)
    return found


def _named(styles: Sequence[TemplateStyle], role: Role, name: str) -> TemplateStyle:
    fitting = [style for style in styles if style.kind is role.kind]
    for style in fitting:
        if name in {style.name, style.id}:
            return style
    folded = name.strip().casefold()
    for style in fitting:
        if folded in {style.name.casefold(), style.id.casefold()}:
            return style
    known = ", ".join(style.name for style in fitting)
    raise UsageError("template-style", style=name, role=role.value, known=known or "none")


def _casting(role: Role, styles: Sequence[_Read], wanted: dict[Role, TemplateStyle | None]) -> Casting:
    ranked = _ranked(role, styles)
    names = tuple(style.name for style, _reason in ranked)
    if role in wanted:
        style = wanted[role]
        name = style.name if style else None
        return Casting(role, name, Reason.CHOSEN, tuple(n for n in names if n != name))
    if not ranked:
        return Casting(role, None, Reason.ADDED)
    style, reason = ranked[0]
    return Casting(role, style.name, reason, names[1:])


def _ranked(role: Role, styles: Sequence[_Read]) -> list[tuple[TemplateStyle, Reason]]:
    """Return the styles that could play a role, the likeliest first."""
    found = []
    for place, read in enumerate(styles):
        if read.style.kind is role.kind and (fit := _fit(role, read)):
            found.append((fit, place, read.style))
    found.sort(key=lambda entry: (entry[0][0], entry[1]))
    return [(style, reason) for (_rank, reason), _place, style in found]


_STRUCTURE = frozenset({Role.TITLE, Role.SUBTITLE, Role.HEADING_1, Role.HEADING_2, Role.HEADING_3})


def _fit(role: Role, read: _Read) -> tuple[int, Reason] | None:
    """Return how well a style fits (the least is the best) and why, or None.

    For headings and titles the word processor's own come first, because navigation and screen readers know
    them; for all else what the house made on purpose comes before what every file has.
    """
    names, style = ROLE_NAMES[role], read.style
    how = names.match(read.name) or names.match(read.id)
    if how is Match.BUILT_IN:
        return (1, Reason.BUILT_IN)
    if how is Match.WHOLE:
        return (2 if role in _STRUCTURE else 0, Reason.NAME)
    if how is Match.PART and style.custom:
        return (3 if role in _STRUCTURE else 0, Reason.NAME)
    if how is Match.PART:
        return (4, Reason.NAME)
    if role is Role.BODY and style.default:
        return (5, Reason.PLAIN)
    return None
