from __future__ import annotations

import json
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from briefer import assets
from briefer.domain.capitals import CAPITALS
from briefer.domain.tags import TagKind
from tests.unit.domain.vocabularies import starter

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def builder() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "benchmarks" / "build_vocabulary.py"))


def test_the_script_gives_the_file(builder: dict[str, Any]) -> None:
    vocabulary = builder["build"](ROOT / "resources" / "vocabulary" / "hand")
    text = (assets.resources() / "vocabulary" / "starter.json").read_text(encoding="utf-8")
    assert json.loads(text) == vocabulary
    assert text == builder["written"](vocabulary)


def test_a_key_given_twice_is_refused(builder: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "countries.json").write_text('{"home_country": "JP", "zones": [], "countries": []}', "utf-8")
    (tmp_path / "groups.json").write_text('[{"kind": "partner", "key": "EU"}]', "utf-8")
    (tmp_path / "topics.json").write_text('[{"kind": "partner", "key": "eu"}]', "utf-8")
    with pytest.raises(ValueError, match="twice"):
        builder["build"](tmp_path)


def test_cities_are_known_as_cities(builder: dict[str, Any]) -> None:
    zones = json.loads((ROOT / "resources/vocabulary/hand/countries.json").read_text("utf-8"))["zones"]
    named = builder["city_names"](zones)
    assert {
        city for by_language in named.values() for cities in by_language.values() for city in cities
    } <= CAPITALS


def test_every_word_says_something() -> None:
    for term in starter().terms:
        for words in (term.words_en, term.words_ja, term.blocked):
            assert not [
                word
                for word, count in Counter(words).items()
                if count > 1 or word != word.strip() or not word
            ]
        if term.kind is TagKind.PARTNER:
            assert all(word.isascii() is False or len(word) > 1 for word in term.words_ja)


def test_every_risk_has_words_in_both_languages() -> None:
    for term in starter().terms:
        if term.kind is TagKind.RISK:
            assert len(term.words_en) > 10
            assert len(term.words_ja) > 10
