"""Windows over a real library: the sample, made once and copied for each test."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from briefer.app import LibraryOpener
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.settings import Settings

_HERE = Path(__file__).parent
# What the offscreen platform says of windows with a smallest size, and of popups.
_OFFSCREEN = ("propagateSizeHints", "This plugin does not support")


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.qt_log_ignore(*_OFFSCREEN, extend=True), append=False)


@pytest.fixture(autouse=True)
def _collect_here() -> Iterator[None]:
    """Collect garbage on this thread only: a window that a test leaves behind must not die on another one."""
    yield
    gc.collect(0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect what a test made (with collecting off, it is all young), also what its fixtures held to the end."""
    if not item.path.is_relative_to(_HERE):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect(1)
        gc.enable()


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.briefer"
    desk, _brief = LibraryOpener(Intake).sample(path)
    desk.close()
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def bare_context(settings: Settings, qapp: QApplication) -> Iterator[Context]:
    """A context without a library."""
    made = Context(settings)
    yield made
    made.close()


@pytest.fixture
def context(
    sample_library: Path, tmp_path: Path, settings: Settings, qapp: QApplication
) -> Iterator[Context]:
    """A context with a copy of the sample open; a fault during the test fails it."""
    copy = tmp_path / "library.briefer"
    shutil.copy(sample_library, copy)
    made = Context(settings)
    faults: list[object] = []
    made.bug.connect(faults.append)
    desk = LibraryOpener(Intake).open(copy)
    made.set_desk(desk, desk.terms.vocabulary())
    yield made
    made.close()
    assert not faults


@pytest.fixture
def desk(context: Context) -> Desk:
    assert context.desk is not None
    return context.desk
