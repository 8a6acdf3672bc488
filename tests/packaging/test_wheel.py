"""The wheel carries the program, what it reads while running, and nothing of the workshop."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def archive(wheel: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(wheel) as opened:
        yield opened


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_every_module_is_in_the_wheel(archive: zipfile.ZipFile, root: Path) -> None:
    modules = {f"briefer/{name}" for name in _files(root / "briefer") if name.endswith(".py")}
    assert modules <= set(archive.namelist())


@pytest.mark.parametrize(("folder", "packed"), [("resources", "_resources"), ("db", "_db")])
def test_data_is_packed_beside_the_package(
    archive: zipfile.ZipFile, root: Path, folder: str, packed: str
) -> None:
    expected = {f"briefer/{packed}/{name}" for name in _files(root / folder)}
    assert expected
    assert expected <= set(archive.namelist())


def test_the_language_model_is_in_the_wheel_but_not_in_the_tree(archive: zipfile.ZipFile, root: Path) -> None:
    model = archive.read("briefer/_resources/intake/lid.176.ftz")
    digest = re.search(r'SHA256 = "(\w{64})"', (root / "hatch_build.py").read_text("utf-8"))
    assert digest
    assert hashlib.sha256(model).hexdigest() == digest[1]
    assert "/resources/intake/lid.176.ftz" in (root / ".gitignore").read_text("utf-8").splitlines()


def test_the_citation_processor_is_in_the_wheel_but_not_in_the_tree(
    archive: zipfile.ZipFile, root: Path
) -> None:
    folder = "briefer/_resources/citing/csl"
    names = {name.removeprefix(f"{folder}/") for name in archive.namelist() if name.startswith(folder)}
    assert len([name for name in names if name.startswith("styles/") and name.endswith(".csl")]) == 16
    locales = {f"locales/locales-{name}.xml" for name in ("en-GB", "en-US", "ja-JP")}
    assert locales | {"citeproc.js", "citeproc.LICENSE.txt", "citeproc.CPAL-1.0.txt", "laid.json"} <= names
    laid = json.loads(archive.read(f"{folder}/laid.json"))
    for name, digest in laid["files"].items():
        assert hashlib.sha256(archive.read(f"{folder}/{name}")).hexdigest() == digest
    assert b"Common Public Attribution License" in archive.read(f"{folder}/citeproc.LICENSE.txt")
    assert "1.0.1 “Commercial Use” means" in archive.read(f"{folder}/citeproc.CPAL-1.0.txt").decode()
    assert "/resources/citing/csl/" in (root / ".gitignore").read_text("utf-8").splitlines()


def test_nothing_else_is_in_the_wheel(archive: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"briefer"}
    assert not [name for name in archive.namelist() if "__pycache__" in name]


def test_the_command_and_the_licences_are_declared(archive: zipfile.ZipFile) -> None:
    (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    assert "briefer = briefer.__main__:main" in archive.read(f"{info}/entry_points.txt").decode()
    metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
    assert metadata["License-Expression"] == "MIT"
    assert metadata.get_all("License-File") == ["LICENSE", "THIRD_PARTY_NOTICES.md"]


def test_versions_agree(wheel: Path, root: Path) -> None:
    version = wheel.name.split("-")[1]
    assert f'__version__ = "{version}"' in (root / "briefer" / "__init__.py").read_text("utf-8")
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{version}]" in changelog or "## [Unreleased]" in changelog
