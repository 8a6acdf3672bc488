from __future__ import annotations

import msgspec
import pytest

from briefer.assets import resources
from briefer.domain.documents import Marking
from briefer.domain.markings import MarkingLevel, MarkingScheme, check_marking, portion, shown
from briefer.errors import UsageError

UK = MarkingScheme(
    "uk", "UK", (MarkingLevel("official", "Official", 1), MarkingLevel("secret", "Secret", 2)), capitals=True
)
RED = MarkingScheme("red", "Red", (MarkingLevel("secret", "SECRET", 1),), colour="#c00000", align="right")
CUI = MarkingScheme("cui", "CUI", (MarkingLevel("cui", "CUI", 1, portion="(CUI)"),), unmarked="(U)")
SCHEMES_OF_FILES = {
    scheme.id: scheme
    for file in (resources() / "markings").glob("*.json")
    for scheme in (msgspec.json.decode(file.read_bytes(), type=MarkingScheme, strict=True),)
}


def test_a_level_is_shown_as_its_scheme_says() -> None:
    assert shown("red/secret", (UK, RED)) == Marking("SECRET", colour="#c00000", align="right")
    assert shown("uk/secret", (UK, RED)) == Marking("SECRET")
    assert shown(" official ", (UK, RED)) == Marking("OFFICIAL")


def test_a_level_that_its_scheme_lacks_is_refused() -> None:
    for fine in ("uk/secret", "Secret", "for A/B", ""):
        check_marking(fine, (UK, RED))
    with pytest.raises(UsageError, match="choose one of: uk/official, uk/secret"):
        check_marking("uk/bogus", (UK, RED))


def test_a_label_of_several_schemes_and_other_texts_are_shown_plainly() -> None:
    assert shown("Secret", (UK, RED)) == Marking("Secret")
    assert shown("For the team", (UK, RED)) == Marking("For the team")
    assert shown("  ", (UK, RED)) is None


def test_a_portion_is_marked_as_its_level_says_or_with_its_label() -> None:
    assert portion("cui/cui", (CUI, UK)) == "(CUI)"
    assert portion("uk/secret", (CUI, UK)) == "(Secret)"
    assert portion(" For us ", (CUI, UK)) == "(For us)"
    assert portion("", (CUI, UK)) == ""


def test_a_portion_without_a_marking_has_a_mark_where_all_must_have_one() -> None:
    assert portion("", (CUI, UK), "cui/cui") == "(U)"
    assert portion("", (CUI, UK), "uk/secret") == ""
    assert portion("", (CUI, UK), "something else") == ""
    assert portion("uk/secret", (CUI, UK), "cui/cui") == "(Secret)"


def of(marking: str) -> Marking:
    found = shown(marking, tuple(SCHEMES_OF_FILES.values()))
    assert found
    return found


EVERYWHERE, TOP = ("header", "footer"), ("header",)


@pytest.mark.parametrize(
    ("marking", "text", "placement", "align"),
    [
        ("uk-gscp/official-sensitive", "OFFICIAL-SENSITIVE", EVERYWHERE, "center"),
        ("au-pspf/official-sensitive", "OFFICIAL: SENSITIVE", EVERYWHERE, "center"),
        ("ca-protected/protected-b", "PROTECTED B", TOP, "right"),
        ("ca-classified/secret", "SECRET", TOP, "right"),
        ("us-cui/cui", "CUI", TOP, "center"),
        ("us-classified/ts", "TOP SECRET", EVERYWHERE, "center"),
        ("eu-limite/limite", "LIMITE", TOP, "right"),
        ("eu-euci/restreint", "RESTREINT UE/EU RESTRICTED", EVERYWHERE, "center"),
        ("jp-kimitsusei/kimitsusei-2", "機密性2情報", TOP, "right"),
        ("jp-hi/gokuhi", "極秘", TOP, "right"),
        ("jp-toriatsukai-chui/toriatsukai-chui", "取扱注意", TOP, "right"),
        ("tlp-2/amber-strict", "TLP:AMBER+STRICT", EVERYWHERE, "right"),
    ],
)
def test_every_scheme_is_placed_as_its_owner_wants(
    marking: str, text: str, placement: tuple[str, ...], align: str
) -> None:
    found = of(marking)
    assert (found.text, found.placement, found.align) == (text, placement, align)
    assert found.bold
    assert found.size_pt >= 12


def test_levels_are_ordered_and_named_once() -> None:
    assert len(SCHEMES_OF_FILES) == 12
    for scheme in SCHEMES_OF_FILES.values():
        ranks = [level.rank for level in scheme.levels]
        assert ranks == sorted(set(ranks))
        assert len({level.id for level in scheme.levels}) == len({level.label for level in scheme.levels})
        assert scheme.source
        assert scheme.name_ja


def test_red_is_for_those_whose_owners_want_it() -> None:
    red = {scheme.id for scheme in SCHEMES_OF_FILES.values() if scheme.colour == "#c00000"}
    assert red == {"au-pspf", "jp-hi", "jp-kimitsusei", "jp-toriatsukai-chui"}


def test_the_traffic_light_labels_have_their_colours_on_black() -> None:
    colours = {level.label: of(f"tlp-2/{level.id}") for level in SCHEMES_OF_FILES["tlp-2"].levels}
    assert {label: (m.ground, m.on_ground, m.colour) for label, m in colours.items()} == {
        "TLP:CLEAR": ("#000000", "#ffffff", "#000000"),
        "TLP:GREEN": ("#000000", "#33ff00", "#000000"),
        "TLP:AMBER": ("#000000", "#ffc000", "#000000"),
        "TLP:AMBER+STRICT": ("#000000", "#ffc000", "#000000"),
        "TLP:RED": ("#000000", "#ff2b2b", "#000000"),
    }


@pytest.mark.parametrize(
    ("scheme", "marks", "unmarked"),
    [
        ("us-classified", ["(U)", "(C)", "(S)", "(TS)"], "(U)"),
        ("us-cui", ["(CUI)"], "(U)"),
        ("au-pspf", ["(O)", "(O:S)", "(P)", "(S)", "(TS)"], "(O)"),
        ("uk-gscp", ["(O)", "(OS)", "(S)", "(TS)"], ""),
        ("eu-euci", ["(R-UE/EU-R)", "(C-UE/EU-C)", "(S-UE/EU-S)", "(TS-UE/EU-TS)"], ""),
        ("tlp-2", ["(TLP:CLEAR)", "(TLP:GREEN)", "(TLP:AMBER)", "(TLP:AMBER+STRICT)", "(TLP:RED)"], ""),
    ],
)
def test_marks_of_portions(scheme: str, marks: list[str], unmarked: str) -> None:
    schemes = tuple(SCHEMES_OF_FILES.values())
    levels = SCHEMES_OF_FILES[scheme].levels
    assert [portion(f"{scheme}/{level.id}", schemes) for level in levels] == marks
    assert portion("", schemes, f"{scheme}/{levels[-1].id}") == unmarked


def test_levels_of_schemes_are_the_same_only_where_an_agreement_says_so() -> None:
    for scheme in SCHEMES_OF_FILES.values():
        named = [name for level in scheme.levels for name in level.same_as]
        assert bool(named) == bool(scheme.same_as_source)
        for name in named:
            other, _, level = name.partition("/")
            assert any(one.id == level for one in SCHEMES_OF_FILES[other].levels)
