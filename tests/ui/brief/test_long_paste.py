from __future__ import annotations

from PySide6.QtCore import QMimeData

from briefer.domain.prose import ProseBlock
from briefer.markup import MarkdownMarkup
from briefer.services.desk import Desk
from briefer.ui.brief.long_paste import texts
from briefer.ui.brief.rich_clipboard import Clip
from tests.ui.brief.conftest import Open

_WORDS = [f"word{number}" for number in range(20_000)]


def _words(found: tuple[str, ...]) -> list[str]:
    return " ".join(found).replace("- ", "").split()


def test_nothing_of_a_long_line_is_lost() -> None:
    found = texts(Clip("", "", " ".join(_WORDS)), MarkdownMarkup(), "en")
    assert len(found) > 10
    assert max(map(len, found)) < 15_000
    assert _words(found) == _WORDS


def test_nothing_of_a_long_list_is_lost_and_numbers_go_on() -> None:
    items = "".join(f"<li>{word}</li>" for word in _WORDS[:3000])
    found = texts(Clip("", f"<ol>{items}</ol>", ""), MarkdownMarkup(), "en")
    assert len(found) > 3
    lines = [line for text in found for line in text.splitlines() if line]
    assert lines[0] == "1. word0"
    assert lines[-1] == "3000. word2999"
    assert len(lines) == 3000


def test_formats_stay_where_a_paragraph_is_cut() -> None:
    found = texts(Clip("", f"<p>plain <b>{' '.join(_WORDS)}</b></p>", ""), MarkdownMarkup(), "en")
    assert all(text.endswith("**") for text in found)
    assert " ".join(found).replace("**", "").split() == ["plain", *_WORDS]


def test_a_long_paste_becomes_texts_below_and_is_one_step(opened: Open, desk: Desk) -> None:
    before = opened.stored
    row = opened.prose()
    data = QMimeData()
    data.setText("\n".join(" ".join(_WORDS[at : at + 100]) for at in range(0, len(_WORDS), 100)))
    row.edit.insertFromMimeData(data)
    stored = opened.stored
    assert row.edit.markdown == before.sections[0].blocks[0].markdown
    added = stored.sections[0].blocks[1 : 1 + len(stored.sections[0].blocks) - len(before.sections[0].blocks)]
    assert len(added) > 10
    assert _words(tuple(block.markdown for block in added)) == _WORDS
    opened.undo()
    assert opened.stored.sections == before.sections


def test_what_the_first_rows_of_a_paste_need_was_read_before_they_are_made() -> None:
    asked: list[str] = []

    class Noted(MarkdownMarkup):
        def read(self, markdown: str) -> tuple[ProseBlock, ...]:
            asked.append(markdown)
            return super().read(markdown)

    found = texts(Clip("", "", " ".join(_WORDS)), Noted(), "en")
    assert tuple(asked) == found[:48]
