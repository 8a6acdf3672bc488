from __future__ import annotations

from pathlib import Path

import pytest

from briefer.citing.styles import SHORT, Styles
from briefer.errors import InputError, KnownError, UsageError

BODY = (
    '<citation><layout><text macro="t"/></layout></citation><macro name="t"><text variable="title"/></macro>'
)


def style(body: str = BODY, attributes: str = 'class="note"', info: str = "") -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" {attributes} version="1.0">\n'
        f"<info><title>T</title>{info}</info>\n{body}\n</style>"
    )


def parent(name: str) -> str:
    return f'<link href="http://www.zotero.org/styles/{name}" rel="independent-parent"/>'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def found(styles: Path, own: Path) -> Styles:
    return Styles(styles, own)


def test_sixteen_styles_come_along_and_the_default_is_first(found: Styles) -> None:
    names = found.names()
    assert names[0] == "chicago-notes"
    assert len(names) == 16
    assert {"apa", "ieee", "oscola", "mla", "sist02", "tokyo-law"} < set(names)
    for name in names:
        assert found.find(name).xml.startswith("<style")


@pytest.mark.parametrize(("short", "long"), SHORT.items())
def test_short_and_long_names(found: Styles, short: str, long: str) -> None:
    assert found.find(short) == found.find(long)


def test_a_renamed_style_is_found_by_its_former_name(found: Styles) -> None:
    assert found.find("chicago-note-bibliography").name == "chicago-shortened-notes-bibliography"


def test_classes_and_languages(found: Styles) -> None:
    assert not found.find("chicago-notes").in_text
    assert found.find("apa").in_text
    assert found.find("oscola").language == "en-GB"
    assert found.find("sist02").language == "ja-JP"
    assert found.find("chicago-notes").tells_doubt
    assert not found.find("oscola").tells_doubt


def test_the_users_styles(found: Styles, own: Path) -> None:
    (own / "house.csl").write_text(style(), "utf-8")
    assert "house" in found.names()
    assert found.find("house").name == "house"
    assert found.find(str(own / "house.csl")) == found.find("house")


def test_a_dependent_style_takes_its_parent_and_keeps_its_language(found: Styles, own: Path) -> None:
    path = own / "journal.csl"
    path.write_text(style("", 'default-locale="en-GB"', parent("apa")), "utf-8")
    made = found.find("journal")
    assert (made.name, made.language, made.in_text) == ("journal", "en-GB", True)
    path.write_text(style("", "", parent("house")), "utf-8")
    with pytest.raises(InputError, match=r"put house\.csl beside it"):
        found.find("journal")
    (own / "house.csl").write_text(style(), "utf-8")
    assert not found.find("journal").in_text
    (own / "house.csl").write_text(style("", "", parent("journal")), "utf-8")
    with pytest.raises(InputError, match="rests on the style journal"):
        found.find("journal")


@pytest.mark.parametrize("name", ["", "tabloid", "../apa", "a/b", "Chicago-Notes "])
def test_an_unknown_name_is_told_with_the_known_ones(found: Styles, name: str) -> None:
    with pytest.raises(UsageError, match="choose one of: chicago-notes, ama, apa"):
        found.find(name)


CALLS = '<citation><layout>\n<text macro="a"/></layout></citation>\n'


@pytest.mark.parametrize(
    ("xml", "line", "reason"),
    [
        ("<style>\n<info>\n</style>", 3, "not well-formed"),
        ("", 1, "not well-formed"),
        ("not a style", 1, "not well-formed"),
        ("<html/>", 1, "not a style of the Citation Style Language"),
        ('<!DOCTYPE style [<!ENTITY a "b">]>\n' + style(), 1, "document type"),
        (style(attributes=""), 1, "neither note nor in-text"),
        (style(body=""), 1, "no layout"),
        (style(CALLS), 4, "no macro a"),
        (style(CALLS + '<macro name="a">\n<text macro="a"/></macro>'), 6, "calls itself"),
        (
            style(
                CALLS + '<macro name="a"><text macro="b"/></macro>\n<macro name="b"><text macro="a"/></macro>'
            ),
            6,
            "calls itself",
        ),
        (style(BODY.replace("<text variable", "\n<video variable")), 4, "an element video"),
    ],
)
def test_what_is_not_usable_is_refused_with_the_line(
    found: Styles, own: Path, xml: str, line: int, reason: str
) -> None:
    (own / "bad.csl").write_text(xml, "utf-8")
    with pytest.raises(InputError, match=reason) as refused:
        found.find("bad")
    assert refused.value.code == "style-line"
    assert refused.value.data["line"] == line
    assert f"bad.csl, line {line}: " in str(refused.value)


def test_macros_nested_without_measure_are_refused(found: Styles, own: Path) -> None:
    macros = "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(3000))
    body = f'<citation><layout><text macro="m0"/></layout></citation>{macros}<macro name="m3000"/>'
    (own / "deep.csl").write_text(style(body), "utf-8")
    with pytest.raises(InputError, match="too many times"):
        found.find("deep")


def test_files_that_cannot_be_read(found: Styles, own: Path) -> None:
    with pytest.raises(KnownError, match="no such file"):
        found.find(str(own / "gone.csl"))
    (own / "folder.csl").mkdir()
    with pytest.raises(KnownError, match="cannot be read"):
        found.find(str(own / "folder.csl"))
    (own / "large.csl").write_bytes(b" " * (4 * 1024 * 1024 + 1))
    with pytest.raises(InputError, match="far larger"):
        found.find("large")


def test_external_entities_are_not_read(found: Styles, own: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    doctype = f'<!DOCTYPE style [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    (own / "spy.csl").write_text(doctype + style(BODY.replace("<text", "&x;<text")), "utf-8")
    with pytest.raises(InputError):
        found.find("spy")
