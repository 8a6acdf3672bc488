"""The user's own citation styles: added after a trial, listed, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefer.citing import CslCiter
from briefer.domain.documents import plain_text
from briefer.domain.exporting import ExportOptions
from briefer.domain.sources import Source
from briefer.errors import InputError, KnownError, UsageError
from briefer.services.desk import Desk
from briefer.services.styles import Styles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "configuration" / "styles"


@pytest.fixture
def styles(folder: Path) -> Iterator[Styles]:
    service = Styles(CslCiter(folder), folder)
    yield service
    service.close()


def csl(title: str = "House style", body: str | None = None, info: str = "", attributes: str = "") -> str:
    layout = (
        '<citation><layout suffix="."><names variable="author"/><text variable="title" prefix=", "/></layout></citation>'
        if body is None
        else body
    )
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" {attributes}>\n'
        f"<info><title>{title}</title>{info}</info>\n{layout}\n</style>"
    )


def parent(name: str) -> str:
    return f'<link href="http://www.zotero.org/styles/{name}" rel="independent-parent"/>'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    file = tmp_path / "House Style.csl"
    file.write_text(csl("  Hausstil\n des Amtes ", attributes='default-locale="de-DE"'), "utf-8")
    return file


def test_a_sample_is_the_first_citation_of_a_source(styles: Styles, port: Source) -> None:
    assert "Port Operators in India Agree" in plain_text(styles.sample(port, "chicago-notes", "en"))
    assert plain_text(styles.sample(port, "apa", "en")).startswith("(")
    with pytest.raises(UsageError):
        styles.sample(port, "none-such", "en")


def test_the_styles_that_come_along_are_told(styles: Styles) -> None:
    told = {style.name: style for style in styles.all()}
    assert next(iter(told)) == "chicago-notes"
    assert len(told) == 16
    assert not any(style.own or style.problem for style in told.values())
    assert (told["apa"].in_text, told["oscola"].in_text) == (True, False)
    assert told["sist02"].title == "SIST02 (日本語)"
    assert told["sist02"].language == "ja-JP"


def test_a_style_is_added_told_and_removed(styles: Styles, house: Path, folder: Path) -> None:
    added = styles.add(house)
    assert (added.name, added.title, added.language) == ("house-style", "Hausstil des Amtes", "de-DE")
    assert added.own
    assert added in styles.all()
    assert [path.name for path in folder.iterdir()] == ["house-style.csl"]
    house.unlink()
    styles.remove("house-style")
    assert not any(style.own for style in styles.all())


def test_an_added_style_can_be_chosen_for_an_export(desk: Desk, house: Path) -> None:
    name = desk.styles.add(house).name
    try:
        assert name in desk.publish.styles()
        with pytest.raises(InputError, match="there is no brief"):
            desk.publish.document("none", ExportOptions(style=name))
    finally:
        desk.styles.remove(name)
    assert name not in desk.publish.styles()


def test_a_style_of_the_same_name_is_replaced(styles: Styles, house: Path) -> None:
    styles.add(house)
    house.write_text(csl("Another"), "utf-8")
    assert styles.add(house).title == "Another"
    assert len(styles.all()) == 17


def test_a_newer_one_of_what_comes_along_stands_in_its_place(styles: Styles, tmp_path: Path) -> None:
    newer = tmp_path / "Chicago-Notes.csl"
    newer.write_text(csl("Chicago of tomorrow"), "utf-8")
    assert styles.add(newer).name == "chicago-notes"
    first, *others = styles.all()
    assert (first.title, first.own, len(others)) == ("Chicago of tomorrow", True, 15)
    styles.remove("chicago-notes")
    assert not styles.all()[0].own


def test_a_dependent_style_needs_its_parent_among_the_styles(
    styles: Styles, house: Path, tmp_path: Path
) -> None:
    journal = tmp_path / "journal.csl"
    journal.write_text(csl("Journal", "", parent("house-style")), "utf-8")
    # Lying beside the file is not enough: it would be missing later.
    house.rename(tmp_path / "house-style.csl")
    with pytest.raises(InputError, match="rests on the style house-style, which is not here"):
        styles.add(journal)
    styles.add(tmp_path / "house-style.csl")
    assert styles.add(journal).parent == "house-style"
    with pytest.raises(UsageError, match="is what journal rest"):
        styles.remove("house-style")
    styles.remove("journal")
    styles.remove("house-style")
    journal.write_text(csl("Journal", "", parent("apa")), "utf-8")
    assert styles.add(journal).in_text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<style>\n</x>", "line 2: this is not well-formed XML"),
        (csl(body='<citation><layout>\n<text macro="gone"/></layout></citation>'), "line 4: there is no macro gone"),
        (csl(body='<citation><layout><names variable="author"><name form="odd" and="neither"/></names>'
                  '<date variable="issued" form="none"/></layout></citation>'), "cannot be used as a citation style"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_and_leaves_nothing(
    styles: Styles, house: Path, folder: Path, text: str, reason: str
) -> None:
    house.write_text(text, "utf-8")
    with pytest.raises(InputError, match=reason):
        styles.add(house)
    assert not folder.exists()
    assert len(styles.all()) == 16


def test_a_style_that_never_ends_is_stopped(
    styles: Styles, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubling = "".join(
        f'<macro name="m{n}">' + f'<text macro="m{n + 1}"/>' * 2 + "</macro>" for n in range(40)
    )
    body = f'<citation><layout><text macro="m0"/></layout></citation>{doubling}<macro name="m40"><text value="x"/></macro>'
    house.write_text(csl(body=body), "utf-8")
    monkeypatch.setattr("briefer.citing.engine._BUILD_SECONDS", 0.5)
    monkeypatch.setattr("briefer.citing.engine._BASE_SECONDS", 0.5)
    with pytest.raises(InputError, match="it took longer than"):
        styles.add(house)


def test_what_became_unusable_is_listed_with_the_reason(styles: Styles, house: Path, folder: Path) -> None:
    styles.add(house)
    (folder / "house-style.csl").write_text("<style", "utf-8")
    (told,) = (style for style in styles.all() if style.own)
    assert "line 1" in told.problem
    styles.remove("house-style")
    assert not list(folder.iterdir())


def test_what_cannot_be_removed(styles: Styles) -> None:
    with pytest.raises(UsageError, match="comes with Briefer"):
        styles.remove("apa")
    with pytest.raises(UsageError, match="there is no citation style tabloid"):
        styles.remove("tabloid")


def test_files_and_folders_that_cannot_be_used(styles: Styles, house: Path, folder: Path) -> None:
    with pytest.raises(KnownError, match="no such file"):
        styles.add(house.with_name("gone.csl"))
    folder.parent.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        styles.add(house)


def test_a_file_that_cannot_be_deleted_is_told(
    styles: Styles, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    styles.add(house)

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        styles.remove("house-style")
