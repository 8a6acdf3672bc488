"""A citer and a processor for the whole session: starting the machine takes half a second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefer import assets
from briefer.citing import CslCiter, Processor

CSL = assets.resources() / "citing" / "csl"


@pytest.fixture(scope="session")
def citer() -> Iterator[CslCiter]:
    found = CslCiter()
    yield found
    found.close()


@pytest.fixture(scope="session")
def processor() -> Iterator[Processor]:
    found = Processor()
    yield found
    found.close()


@pytest.fixture(scope="session")
def locales() -> dict[str, str]:
    files = (CSL / "locales").glob("locales-*.xml")
    return {path.stem.removeprefix("locales-"): path.read_text("utf-8") for path in files}


@pytest.fixture(scope="session")
def styles() -> Path:
    return CSL / "styles"
