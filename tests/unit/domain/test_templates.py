from __future__ import annotations

import pytest

from briefer.domain.briefs import Section
from briefer.domain.template_names import ROLE_NAMES, folded
from briefer.domain.templates import (
    OWN_STYLE,
    TEXT_FIELDS,
    Filling,
    Reason,
    Role,
    StyleKind,
    TemplateField,
    TemplateStyle,
    TemplateWarning,
    arranged,
    cast,
    field_of,
)
from briefer.errors import MESSAGES, UsageError

NORMAL = TemplateStyle("Normal", "Normal", default=True)


def house(*names: str, kind: StyleKind = StyleKind.PARAGRAPH) -> tuple[TemplateStyle, ...]:
    return tuple(TemplateStyle(f"x{n}", name, kind, custom=True) for n, name in enumerate(names))


def built_in(*names: str) -> tuple[TemplateStyle, ...]:
    return tuple(TemplateStyle(name.replace(" ", ""), name) for name in names)


def role_of(name: str, *, custom: bool = True) -> set[Role]:
    """Return the roles that a style of that name would be given, were it alone."""
    styles = [TemplateStyle("zz", name, kind, custom=custom) for kind in StyleKind]
    return {c.role for c in cast(styles) if c.style is not None}


def test_every_role_has_names_and_every_name_a_role() -> None:
    assert set(ROLE_NAMES) == {role.value for role in Role}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("heading 1", Role.HEADING_1),
        ("Heading 2", Role.HEADING_2),
        ("MoFA Heading 3", Role.HEADING_3),
        ("H1", Role.HEADING_1),
        ("見出し 1", Role.HEADING_1),
        ("外務省見出し２", Role.HEADING_2),
        ("Überschrift 1", Role.HEADING_1),
        ("Titre 2", Role.HEADING_2),
        ("제목 3", Role.HEADING_3),
        ("Title", Role.TITLE),
        ("Report Title", Role.TITLE),
        ("表題", Role.TITLE),
        ("副題", Role.SUBTITLE),
        ("Body Text", Role.BODY),
        ("MoFA Body", Role.BODY),
        ("MoFA_BodyText", Role.BODY),
        ("本文", Role.BODY),
        ("Textkörper", Role.BODY),
        ("Quote", Role.QUOTATION),
        ("引用文", Role.QUOTATION),
        ("Block Quotation", Role.QUOTATION),
        ("仮訳", Role.TRANSLATION),
        ("List Bullet", Role.BULLET),
        ("Brief bullets", Role.BULLET),
        ("箇条書き", Role.BULLET),
        ("List Number", Role.NUMBERED),
        ("段落番号", Role.NUMBERED),
        ("Bibliography", Role.SOURCE),
        ("出典", Role.SOURCE),
        ("caption", Role.CAPTION),
        ("図表番号", Role.CAPTION),
        ("footnote text", Role.FOOTNOTE),
        ("脚注文字列", Role.FOOTNOTE),
        ("endnote text", Role.ENDNOTE),
        ("文末脚注文字列", Role.ENDNOTE),
        ("Protective marking", Role.MARKING),
        ("取扱区分", Role.MARKING),
        ("Handling caveat", Role.HANDLING),
        ("toc 2", Role.CONTENTS_2),
        ("TOC Heading", Role.CONTENTS_HEADING),
        ("Annex heading", Role.ANNEX_HEADING),
        ("Numbered para", Role.NUMBERED_PARAGRAPH),
        ("Table text", Role.TABLE_TEXT),
        ("Table heading", Role.TABLE_HEADING),
    ],
)
def test_names_tell_the_role(name: str, role: Role) -> None:
    found = {r for r in role_of(name) if r.kind is StyleKind.PARAGRAPH}
    assert found == {role}


@pytest.mark.parametrize(
    "name",
    [
        "Heading 10", "見出し 10", "Heading 1 Char", "Body Text Indent", "Body Text 2", "本文インデント", "Subject line",
        "List Bullet 2", "Intense Quote", "Table of Figures", "Balloon Text", "標準", "Normal (Web)", "Salutation",
    ],
)  # fmt: skip
def test_other_names_tell_none(name: str) -> None:
    assert {r for r in role_of(name) if r.kind is StyleKind.PARAGRAPH} == set()


@pytest.mark.parametrize(
    ("name", "role"),
    [("footnote reference", Role.FOOTNOTE_MARK), ("Hyperlink", Role.LINK), ("脚注参照", Role.FOOTNOTE_MARK)],
)
def test_character_styles_play_the_roles_of_characters(name: str, role: Role) -> None:
    assert role.kind is StyleKind.CHARACTER
    (casting,) = (c for c in cast(house(name, kind=StyleKind.CHARACTER)) if c.style)
    assert casting.role is role


def test_the_id_tells_where_the_name_does_not() -> None:
    (casting,) = (c for c in cast([TemplateStyle("Heading1", "A-Kopf")]) if c.style)
    assert (casting.role, casting.style) == (Role.HEADING_1, "A-Kopf")


def by_role(
    styles: tuple[TemplateStyle, ...], *chosen: tuple[str, str]
) -> dict[Role, tuple[str | None, Reason]]:
    return {c.role: (c.style, c.reason) for c in cast(styles, chosen)}


def test_what_the_house_made_comes_first_but_headings_are_the_word_processors() -> None:
    styles = (
        NORMAL,
        *built_in("Body Text", "heading 1", "Title"),
        *house("MoFA Body", "MoFA Heading 1", "MoFA Title"),
    )
    castings = {c.role: c for c in cast(styles)}
    assert castings[Role.BODY].style == "MoFA Body"
    assert castings[Role.BODY].alternatives == ("Body Text", "Normal")
    assert castings[Role.HEADING_1].style == "heading 1"
    assert castings[Role.HEADING_1].alternatives == ("MoFA Heading 1",)
    assert castings[Role.TITLE].style == "Title"


def test_paragraphs_without_a_style_are_the_last_resort_for_text() -> None:
    castings = by_role((NORMAL,))
    assert castings[Role.BODY] == ("Normal", Reason.PLAIN)
    assert castings[Role.QUOTATION] == (None, Reason.ADDED)


def test_a_table_style_of_the_house_plays_the_table() -> None:
    tables = (
        TemplateStyle("t0", "Normal Table", StyleKind.TABLE, default=True),
        *house("Light Grid Table", "MoFA Table", kind=StyleKind.TABLE),
    )
    assert by_role(tables)[Role.TABLE] == ("MoFA Table", Reason.NAME)


def test_a_person_chooses_by_name_or_id_in_any_case() -> None:
    styles = (NORMAL, *built_in("Body Text"), *house("Fließtext", "Quote"))
    for name in ("Fließtext", "x0", "FLIESSTEXT", "X0"):
        assert by_role(styles, ("Body", name))[Role.BODY] == ("Fließtext", Reason.CHOSEN)
    casting = next(c for c in cast(styles, [("body", "x0")]) if c.role is Role.BODY)
    assert casting.alternatives == ("Body Text", "Normal")
    for own in ("", OWN_STYLE, "Briefer"):
        assert by_role(styles, ("quotation", own))[Role.QUOTATION] == (None, Reason.CHOSEN)


def test_a_name_as_it_is_comes_before_one_without_case() -> None:
    assert (
        by_role(house("quote block", "Quote Block"), ("quotation", "Quote Block"))[Role.QUOTATION][0]
        == "Quote Block"
    )


def test_a_choice_that_cannot_be_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no role boddy; choose one of: title, subtitle"):
        cast((NORMAL,), [("boddy", "Normal")])
    with pytest.raises(UsageError, match="no style Prose for body; choose one of: Normal"):
        cast((NORMAL,), [("body", "Prose")])
    with pytest.raises(UsageError, match="for link; choose one of: none"):
        cast((NORMAL,), [("link", "Normal")])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("title", "title"),
        (" Title ", "title"),
        ("件名", "title"),
        ("Protective  Marking", "marking"),
        ("copy_number", "copy"),
        ("会談日", "date"),
        ("宛先", "audience"),
        ("本文", "body"),
        ("Section: Objectives", "section:objectives"),
        ("text:say", "text:say"),
        ("section:", "section:"),
        ("desk officer", "desk officer"),
    ],
)
def test_fields_have_several_names(text: str, name: str) -> None:
    assert field_of(text) == name


def test_fields_tell_what_they_are_filled_with() -> None:
    assert {TemplateField(name).filling for name in TEXT_FIELDS} == {Filling.TEXT}
    assert {TemplateField(n).filling for n in ("body", "section:say", "text:say")} == {Filling.BLOCKS}
    assert TemplateField("desk officer").filling is Filling.UNKNOWN


def test_warnings_are_sentences() -> None:
    warning = TemplateWarning("template-role-added", (("role", "quotation"),))
    assert warning.text == "the template has no style for quotation; Briefer's own is added."
    assert warning.code in MESSAGES


def test_names_are_compared_in_words() -> None:
    assert folded("MoFA_BodyText１") == "mo fa body text 1"


def sections(*typed: tuple[str, int]) -> tuple[Section, ...]:
    return tuple(Section(f"{kind}{n}", kind, kind, level) for n, (kind, level) in enumerate(typed))


BRIEF = sections(
    ("ask", 1),
    ("say", 1),
    ("background", 1),
    ("background", 2),
    ("risk", 2),
    ("background", 1),
    ("sources", 1),
)


@pytest.mark.parametrize(
    ("names", "order"),
    [
        ((), [0, 1, 2, 3, 4, 5, 6]),
        (("title", "body"), [0, 1, 2, 3, 4, 5, 6]),
        (("section:say",), [1, 0, 2, 3, 4, 5, 6]),
        (("section:say", "body", "text:ask"), [1, 2, 3, 4, 5, 6, 0]),
        (("section:sources", "section:background", "section:say"), [6, 2, 3, 4, 5, 1, 0]),
        (("section:risk", "section:background"), [4, 2, 3, 5, 0, 1, 6]),
        (("section:nothing", "section:say", "section:say"), [1, 0, 2, 3, 4, 5, 6]),
    ],
)
def test_sections_follow_the_places_of_the_template(names: tuple[str, ...], order: list[int]) -> None:
    fields = [TemplateField(name) for name in names]
    assert arranged(BRIEF, fields) == tuple(BRIEF[index] for index in order)
    in_header = [TemplateField(name, place="header") for name in names]
    assert arranged(BRIEF, in_header) == BRIEF
