from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from briefer.ui.intake.carried import What, carried, what_is_in

_NOW = datetime(2026, 1, 15, 0, 30, tzinfo=UTC)


def _mime(
    *, text: str = "", html: str = "", urls: tuple[str, ...] = (), image: bool = False, internal: bool = False
) -> QMimeData:
    mime = QMimeData()
    if text:
        mime.setText(text)
    if html:
        mime.setHtml(html)
    if urls:
        mime.setUrls([QUrl(url) for url in urls])
    if image:
        picture = QImage(3, 2, QImage.Format.Format_RGB32)
        picture.fill(QColor("red"))
        mime.setImageData(picture)
    if internal:
        mime.setData("application/x-briefer-span", b"1 2")
    return mime


@pytest.mark.parametrize(
    ("mime", "what"),
    [
        (_mime(text="A quay", html="<p>A <b>quay</b></p>"), What.HTML),
        (_mime(text="A quay", html="<style>p {}</style><img src='x.png'>"), What.TEXT),
        (_mime(html="<img src='x.png'>", image=True), What.PICTURE),
        (_mime(html="<table><tr><td>1</td></tr></table>", image=True), What.HTML),
        (_mime(text="A quay"), What.TEXT),
        (_mime(image=True), What.PICTURE),
        (_mime(text="  \n"), What.NOTHING),
        (_mime(), What.NOTHING),
        (
            _mime(text="https://example.org/a", html="<a href='https://example.org/a'>A quay</a>"),
            What.ADDRESS,
        ),
        (_mime(urls=("https://example.org/a",)), What.ADDRESS),
        (_mime(text="see https://example.org/a today"), What.TEXT),
        (_mime(urls=("file:///a.txt", "https://example.org/a")), What.FILES),
        (_mime(text="A quay", internal=True), What.NOTHING),
    ],
)
def test_what_would_be_taken(mime: QMimeData, what: What) -> None:
    assert what_is_in(mime) is what


def test_files_are_taken_as_files(tmp_path: Path) -> None:
    found = carried(_mime(urls=(QUrl.fromLocalFile(str(tmp_path / "ä b.txt")).toString(),)))
    assert found.paths == (tmp_path / "ä b.txt",)
    assert found.taken is None


def test_html_is_kept_with_its_encoding_and_named_by_local_time() -> None:
    html = "<meta charset='windows-1252'><p>港湾 – quay</p>"
    taken = carried(_mime(text="quay", html=html), lambda: _NOW).taken
    assert taken is not None
    assert taken.data.decode("utf-8-sig") == html
    assert taken.data.startswith(b"\xef\xbb\xbf")
    assert (taken.media_type, taken.modified) == ("text/html", _NOW)
    assert taken.name == "Pasted 2026-01-15 09.30.00.html"


def test_text_is_kept_as_it_is() -> None:
    taken = carried(_mime(text="A quay\n\nof stone"), lambda: _NOW).taken
    assert taken is not None
    assert (taken.data, taken.media_type) == (b"A quay\n\nof stone", "text/plain")


def test_a_picture_becomes_a_png() -> None:
    taken = carried(_mime(image=True), lambda: _NOW).taken
    assert taken is not None
    assert taken.media_type == "image/png"
    assert QImage.fromData(taken.data).width() == 3


def test_an_address_brings_nothing() -> None:
    found = carried(_mime(text="https://example.org/a"))
    assert (found.what, found.paths, found.taken) == (What.ADDRESS, (), None)
