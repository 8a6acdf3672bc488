"""Fixtures of the official CSL test-suite, where they are at hand; they are not Briefer's to carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.csl_suite import outcome, parts, same
from briefer.citing import Processor, inlines_of
from briefer.domain.documents import plain_text

SUITE = Path(__file__).resolve().parents[4] / "shared" / "data" / "csl_suite"
FOREIGN = frozenset(
    {
        "bugreports_AllCapsLeakage",
        "date_LocalizedDateFormats-kh-KH",
        "name_RomanianTwo",
        "number_NewOrdinalsEdition",
    }
)
"""Want locales that Briefer does not carry."""


@pytest.mark.slow
@pytest.mark.skipif(not SUITE.is_dir(), reason="the suite is not here")
def test_every_fixture_comes_out_as_it_should(processor: Processor, locales: dict[str, str]) -> None:
    missed = set()
    for file in sorted(SUITE.glob("*.txt")):
        fixture = parts(file.read_text("utf-8-sig"))
        found = outcome(processor, fixture, locales)
        if not same(found, fixture["RESULT"]):
            missed.add(file.stem)
        if fixture["MODE"].startswith("citation"):
            assert plain_text(inlines_of(found)).strip(), file.stem
    assert missed <= FOREIGN
