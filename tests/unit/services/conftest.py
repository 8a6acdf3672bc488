"""A desk over a new library in a temporary folder, and two articles to work with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain.sources import Source
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.services.ports import Taken

MODIFIED = datetime(2026, 2, 1, tzinfo=UTC)
PORT_ARTICLE = """Port operators in India agree on spare parts

March 3, 2026

Port operators in India agreed on Tuesday to hold spare parts for cranes in common, after a year in which deliveries were late.

“We cannot wait eight months for a gearbox,” said Asha Menon, who heads the port of Navapur.

The semiconductor shortage has made matters worse, and the supply chain for sensors remains fragile, the operators said.

Related Articles

Harbour strike ends after two days
"""
CABLE_ARTICLE = """独政府、海底ケーブルの警備を強化

2026年2月14日

ドイツ政府は14日、北海の海底ケーブルの警備を強化すると発表した。サプライチェーンの要だとしている。

担当相は「攻撃は偶然ではない」と述べた。ドイツは日本とも情報を共有する。
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "trial.briefer"


@pytest.fixture
def desk(starter_library: Path, library: Path) -> Iterator[Desk]:
    shutil.copy(starter_library, library)
    opened = LibraryOpener(Intake).open(library)
    yield opened
    opened.close()


def taken(text: str, name: str = "article.txt") -> Taken:
    return Taken(name, text.encode(), MODIFIED)


def imported(desk: Desk, what: Taken) -> Source:
    (result,) = desk.importing.import_taken([what]).results
    assert result.source is not None
    return result.source


@pytest.fixture
def port(desk: Desk) -> Source:
    return imported(desk, taken(PORT_ARTICLE))


@pytest.fixture
def cable(desk: Desk) -> Source:
    return imported(desk, taken(CABLE_ARTICLE, "cable.txt"))
