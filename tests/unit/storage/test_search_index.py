from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from briefer.domain.prepared import phrase, prepare
from briefer.domain.queries import Words
from briefer.storage import open_library
from tests.unit.storage.conftest import Shelf


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("", ""),
        ("Germany's co-operation", "germany s co operation"),
        ("半導体", "半導 導体 体"),
        ("体", "体"),
        ("ＡＩ半導体ﾁｯﾌﾟ", "ai 半導 導体 体チ チッ ップ プ"),
        ("2025年に", "2025 年に に"),
        ("日本・韓国", "日本 本 韓国 国"),
        ("ル・モンド", "ルモ モン ンド ド"),
        ("in the U.K. (J.K. Rowling)", "in the uk jk rowling"),
        ("कि का", "कि का"),
        ("ไทย", "ไท ทย ย"),
        ("日本\n経済", "日本 本経 経済 済"),
        ("STRASSE Straße", "strasse strasse"),
        ("İstanbul", "istanbul"),
        ("한국 경제", "한국 국 경제 제"),
        ("𠮷野家", "𠮷野 野家 家"),
        ("!? — 。", ""),
    ],
)
def test_prepared_text(text: str, prepared: str) -> None:
    assert prepare(text) == prepared


def test_parts_are_walled_off() -> None:
    assert prepare("a b", None, "", "c") == "a b \ue000 c"


@pytest.mark.parametrize(
    ("words", "sought"),
    [
        (Words("Export"), '"export"'),
        (Words("exp", prefix=True), '"exp"*'),
        (Words("supply chain"), '"supply chain"'),
        (Words("supply ch", prefix=True), '"supply ch"*'),
        (Words("体"), '"体"*'),
        (Words("半導"), '"半導"'),
        (Words("半導体"), '"半導 導体"'),
        (Words("半導体 AI"), '"半導 導体 体 ai"'),
        (Words("AI体"), '"ai 体"*'),
        (Words('"'), ""),
        (Words('a" OR b'), '"a or b"'),
        (Words("\ue000 \x00 \ud800"), ""),
    ],
)
def test_what_is_sought(words: Words, sought: str) -> None:
    assert phrase(words) == sought


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE i USING fts5(t, tokenize='ascii')")
        yield connection


def found(index: sqlite3.Connection, text: str, words: Words) -> bool:
    index.execute("DELETE FROM i")
    index.execute("INSERT INTO i VALUES (?)", [prepare(text)])
    return bool(index.execute("SELECT 1 FROM i WHERE i MATCH ?", [phrase(words)]).fetchall())


@given(st.text("日本半導体経済の をアガｶ・AI9 。", min_size=1, max_size=12), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_part_of_japanese_text_is_found(
    index: sqlite3.Connection, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    # A Latin word is found from its beginning only, and a blank or a folded sign is no part of the text.
    assume(not any(c in "AI9 ｶ" for c in part + text[start - 1 : start]))
    assume(phrase(Words(part)))
    assert found(index, text, Words(part))


@given(st.text("日本半導体", min_size=2, max_size=6), st.text("日本半導体", min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_else_is_found(index: sqlite3.Connection, text: str, part: str) -> None:
    assert found(index, text, Words(part)) == (part in text)


@given(st.text(max_size=30), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_can_be_sought(index: sqlite3.Connection, text: str, prefix: bool) -> None:
    sought = phrase(Words(text, prefix=prefix))
    if sought:
        index.execute("SELECT 1 FROM i WHERE i MATCH ?", [sought]).fetchall()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Müller in Besançon", "muller"),
        ("Muller", "Müller"),
        ("Besançon", "BESANCON"),
        ("naïve", "naive"),
        ("ＮＡＴＯ", "nato"),
        ("①半導体", "1"),
        ("İstanbul", "istanbul"),
        ("プロジェクト", "ﾌﾟﾛｼﾞｪｸﾄ"),
        ("國會圖書館", "国会図書館"),
        ("渡邊さん", "渡辺"),
        ("神社", "\ufa19\ufa4c"),
        ("葛\U000e0100飾", "葛飾"),
        ("Łódź", "lodz"),
        ("Ελλάδα", "ελλαδα"),
        ("كتب مُحَمَّد", "محمد"),
        ("محمد", "مُحَمَّد"),
        ("مـحـمد", "محمد"),
        ("שָׁלוֹם עולם", "שלום"),
        ("the U.S. said", "US"),
        ("the US said", "U.S."),
        ("U.S.-led", "us led"),
        ("Ｕ．Ｋ．の", "UK"),
        ("the F.B.I", "fbi"),
        ("サウジ・アラビア", "サウジアラビア"),
        ("サウジアラビア", "ｻｳｼﾞ･ｱﾗﾋﾞｱ"),
        ("ジャン＝クロード", "ジャンクロード"),
        ("ジャンクロード", "ジャン‐クロード"),
        ("日本\u200b政府", "日本政府"),
        ("semi\u200bconductor", "conductor"),
        ("semi\u200bconductor", "semi conductor"),
        ("हिन्दी में समाचार", "हिन्दी"),
        ("การค้าระหว่างประเทศ", "ระหว่าง"),
        ("อักษร", "ษร"),
    ],
)
def test_spellings_that_are_the_same(index: sqlite3.Connection, text: str, query: str) -> None:
    assert found(index, text, Words(query))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("が", "か"),
        ("ハンド", "バンド"),
        ("日 本", "日本語"),
        ("trade", "rade"),
        ("日・米", "日米"),
        ("Plan B. A new one", "BA"),
        ("v1.5", "v15"),
        ("example.com", "examplecom"),
        ("semi\u200bconductor", "semiconductor"),
        ("हिन्दी", "हिन्द"),
        ("का", "क"),
    ],
)
def test_spellings_that_are_not(index: sqlite3.Connection, text: str, query: str) -> None:
    assert not found(index, text, Words(query))


def test_opening_tells_how_far_an_index_of_another_version_is(shelf: Shelf, tmp_path: Path) -> None:
    for _ in range(3):
        shelf.excerpt("Harbour.\n")
    path = tmp_path / "older.briefer"
    shelf.library.backup(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key IN ('index_version', 'copies_version')")
        connection.commit()
    told: list[tuple[int, int, str]] = []
    library = open_library(path, progress=lambda *now: told.append(now))
    assert told == [(3, 9, "excerpts"), (6, 9, "sources"), (9, 9, "copies")]
    assert library.problems() == ()
    library.close()
    told.clear()
    open_library(path, progress=lambda *now: told.append(now)).close()
    assert told == []
