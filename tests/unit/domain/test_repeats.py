"""Words of what is left out are found again in every dress, and common words are not."""

from __future__ import annotations

import pytest

from briefer.domain.repeats import TITLE, LeftOut, Repeat, read, words_of
from briefer.markup import MarkdownMarkup

SENTENCE = "The spare gearboxes are stored in a quarry near Salem."
JAPANESE = "予備の歯車は採石場の地下倉庫に保管されている。"
TITLE_OF_IT = "Where Quarries Hide the Gearboxes of Cranes"


def told(found: Repeat | None) -> str:
    return found.of if found else ""


@pytest.fixture
def left_out() -> LeftOut:
    made = LeftOut()
    made.add(SENTENCE, "Report")
    made.add(JAPANESE, "報告")
    made.add(TITLE_OF_IT, "Title", TITLE)
    made.add("Cranes are idle", "Short")
    made.add("起重機は全て停止", "短")
    made.add_name("Ann Author", "Name")
    made.add_name("山田太郎", "名")
    made.add_name("Minister", "No name")
    made.add_address("https://www.secret.example/a/Page-1?b=2&a=1#part", "Address")
    made.add_address("", "None")
    return made


DRESSES = {
    "one word bold": "The spare gearboxes are **stored** in a quarry near Salem.",
    "one word a link": "The spare [gearboxes](https://open.example) are stored in a quarry near Salem.",
    "Japanese, bold": "予備の歯車は**採石場**の地下倉庫に保管されている。",
    "Japanese, link": "予備の[歯車](https://open.example)は採石場の地下倉庫に保管されている。",
    "Japanese, comma": "予備の歯車は、採石場の地下倉庫に保管されている。",
    "Japanese, over lines": "予備の歯車は採石場の\n地下倉庫に保管されている。",
    "another end": "“The spare gearboxes are stored in a quarry near Salem,” he said.",
    "a comma more": "The spare gearboxes, are stored in a quarry near Salem.",
    "a dash more": "The spare gearboxes – are stored in a quarry near Salem.",
    "first word dropped": "Spare gearboxes are stored in a quarry near Salem.",
    "soft hyphen": "The spare gear\u00adboxes are stored in a quar\u00adry near Salem.",
    "hard break": "The spare gearboxes are\\\nstored in a quarry\\\nnear Salem.",
    "escapes": "The spare gearboxes are stored\\. in a quarry\\! near Salem\\.",
    "entities": "Th&#101; spare g&#101;arboxes ar&#101; stored in a quarry n&#101;ar Salem.",
    "in a quotation": "> The spare gearboxes are\n> stored in a quarry near Salem.",
    "eight words": "We hear of gearboxes are stored in a quarry near now.",
    "capitals": "THE SPARE GEARBOXES ARE STORED IN A QUARRY.",
    "full width": "Ｔｈｅ ｓｐａｒｅ ｇｅａｒｂｏｘｅｓ ａｒｅ ｓｔｏｒｅｄ ｉｎ a quarry",
    "list": "- The spare\n- gearboxes are\n- stored in a quarry\n  1. near Salem",
    "table": "|The spare|gearboxes are|\n|--|--|\n|stored in|a quarry near|",
    "column": "|The spare|x|\n|--|--|\n|gearboxes are stored|y|\n|in a quarry|z|",
    "alternative text": "![The spare gearboxes are stored in a quarry](https://open.example/a.png)",
    "heading": "# The spare gearboxes are stored in a quarry",
    "code": "```\nThe spare gearboxes are stored in a quarry\n```",
    "citation": "So [see The spare gearboxes are stored in a quarry @0123456789ab]",
    "hyphens": "The spare gear-boxes are sto-red in a quarry.",
    "hyphens at ends of lines": "The spare gear-\nboxes are stored in a quar-\nry near Salem.",
    "one word put in": "The spare gearboxes are, er, stored in a quarry near now.",
    "one word left out": "The spare gearboxes are stored a quarry near Salem.",
    "one letter put in": "予備の歯車はも採石場の地下の倉庫に",
    "shortened": "“[…] gearboxes are stored in a quarry […] Salem”",
    "title, bold": "See Where Quarries **Hide** the Gearboxes of Cranes.",
    "part of the title": "See Quarries Hide the Gearboxes of them.",
    "short, whole": "Now cranes are *idle*!",
    "short Japanese": "今、起重機は全て**停止**した。",
    "name": "as ANN *Author* has it",
    "Japanese name": "山田 太郎氏",
    "address": "https://secret.example/a/page-1?a=1&b=2",
    "target": "[there](http://m.secret.example/a/Page%2D1?b=2&a=1&utm_source=x)",
    "target, inside": "[there](#The%20spare%20gearboxes%20are%20stored%20in)",
}


@pytest.mark.parametrize("markdown", DRESSES.values(), ids=DRESSES)
def test_words_are_found_in_every_dress(left_out: LeftOut, markdown: str) -> None:
    texts = read(MarkdownMarkup().blocks(markdown))
    assert left_out.found_in(texts) is not None
    for public in (
        SENTENCE,
        JAPANESE,
        TITLE_OF_IT,
        "Cranes are idle",
        "起重機は全て停止",
        "Ann Author",
        "山田太郎",
    ):
        left_out.forget(public)
        left_out.forget(f"{public} {public}")
    left_out.forget("https://secret.example/a/Page-1?a=1&b=2")
    assert left_out.found_in(texts) is None


@pytest.mark.parametrize(
    "markdown",
    [
        "The spare gearboxes are new. They are stored in a quarry.",
        "On the other hand, the cranes are in a quarry near Salem.",
        "The spare gearboxes are kept in a quarry near Salem.",
        "予備の歯車が採石場の地下に倉庫",
        "The spare gearboxes of cranes are stored in it, a quarry.",
        "予備の歯車は倉庫に、採石場の地下ではない。",
        "予備の歯車は新しい。採石場の地下は広い。",
        "The minister and another Ann, an Author, met.",
        "[there](https://secret.example/a) and --- again",
        "",
    ],
)
def test_common_words_tell_nothing(left_out: LeftOut, markdown: str) -> None:
    assert left_out.found_in(read(MarkdownMarkup().blocks(markdown))) is None


def test_a_passage_is_told_by_runs_alone_and_a_whole_by_all_of_it() -> None:
    made = LeftOut()
    made.add_passage("General considerations", "Passage")
    assert made.found_in(("General considerations",)) is None
    made.add_passage(SENTENCE, "Passage")
    assert told(made.run_in(SENTENCE[5:])) == "Passage"
    assert made.whole_in(SENTENCE) is None
    made.add(SENTENCE, "Report")
    assert (told(made.whole_in(SENTENCE)), made.whole_in(SENTENCE[5:])) == ("Report", None)


def test_a_mere_name_in_kanji_tells_nothing() -> None:
    made = LeftOut()
    made.add("外務省総合外交政策局安全保障政策課が倉庫を作る", "報告")
    assert made.found_in(("総合外交政策局安全保障",)) is None
    assert made.found_in(("総合外交政策局安全保障を",)) is None
    assert told(made.found_in(("安全保障政策課が倉庫を",))) == "報告"
    assert told(made.found_in(("政策局安全保障政策課が",))) == "報告"
    assert told(made.found_in(("外務省総合外交政策局安全保障政",))) == "報告"


def test_it_is_told_which_words_are_repeated(left_out: LeftOut) -> None:
    english = left_out.run_in("He said: the SPARE gearboxes are stored IN boxes.")
    japanese = left_out.run_in("その予備の歯車は、採石場の地下倉庫にはない。")
    assert english is not None
    assert english.text == "the spare gearboxes are stored in"
    assert japanese is not None
    assert japanese.text == "予備の歯車は採石場の"
    assert Repeat("x", ("in", "東", "京", "of", "old")).text == "in東京of old"


def test_words_are_folded() -> None:
    assert words_of("Ｇｅａｒ-Boxes, ﾊﾞ｡ 鐵") == ("gear", "boxes", *words_of("バ鉄"))
