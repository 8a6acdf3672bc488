from __future__ import annotations

import pytest

from briefer.domain.documents import Citation, CitedExcerpt, Run, plain_text
from briefer.domain.leading import cited_sentence
from tests.unit.factories import make_excerpt, make_snapshot, make_source

SOURCE = make_source()
SNAPSHOT = make_snapshot(SOURCE)
WORDS = "Officials in Berlin called the step a matter of supply security."


@pytest.mark.parametrize(
    ("speaker", "quote", "language", "text"),
    [
        ("Ann Doe", WORDS, "en", f"Ann Doe said: “{WORDS}” "),
        ("Ann Doe", "from March", "en", "Ann Doe said: “from March”. "),
        (None, "from March", "en", "According to Example Times: “from March”. "),
        ("Ann Doe", "経済省が発表した。", "ja", "Ann Doeは「経済省が発表した」と述べた。"),
        (None, "経済省が発表した。", "ja", "Example Timesによれば、「経済省が発表した」。"),
    ],
)
def test_a_sentence_says_whose_words_it_gives_and_cites_them(
    speaker: str | None, quote: str, language: str, text: str
) -> None:
    excerpt = make_excerpt(SNAPSHOT, quote, speaker=speaker)
    inlines = cited_sentence(excerpt, SOURCE, language).inlines
    assert Citation((CitedExcerpt(excerpt.id),)) in inlines
    assert plain_text(i for i in inlines if isinstance(i, Run)) == text


def test_where_nobody_is_named_the_title_is() -> None:
    source = make_source(publisher=None, container=None, title="A paper")
    for language, beginning in (("en", "According to “A paper”: "), ("ja", "「A paper」によれば、")):
        (first, *_) = cited_sentence(make_excerpt(SNAPSHOT, "from March"), source, language).inlines
        assert isinstance(first, Run)
        assert first.text.startswith(beginning)


def test_the_sign_of_a_list_stays_out_of_the_sentence() -> None:
    snapshot = make_snapshot(SOURCE, "• More makers: ships")
    paragraph = cited_sentence(
        make_excerpt(snapshot, "• More makers: ships", speaker="Ann Doe"), SOURCE, "en"
    )
    assert (
        plain_text(i for i in paragraph.inlines if isinstance(i, Run))
        == "Ann Doe said: “More makers: ships”. "
    )
