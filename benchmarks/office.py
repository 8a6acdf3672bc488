"""Measure how fast and how completely word processors' files are read, beside python-docx on the same file.

    python benchmarks/office.py

The file has about 300 pages. Half of its words stand where python-docx does not look: inserted text, content
controls, text boxes, notes. The limit for 300 pages is two seconds, of the processor.
"""

from __future__ import annotations

import io
import time
import zipfile
from datetime import UTC, datetime

import docx

from briefer.intake.formats import format_of
from briefer.services.ports import Taken

PAGES = 300
LIMIT = 2.0
SENTENCE = "The council of the harbour met on Monday and agreed that the pier number {} should be mended. "
BOX = "<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"


def words() -> list[str]:
    return [SENTENCE.format(n) for n in range(PAGES * 20)]


def paragraph(number: int, text: str) -> str:
    run = f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"
    match number % 8:
        case 0:
            return f"<w:p><w:ins>{run}</w:ins></w:p>"
        case 2:
            return f"<w:sdt><w:sdtContent><w:p>{run}</w:p></w:sdtContent></w:sdt>"
        case 4:
            return f"<w:p>{BOX.format(f'<w:p>{run}</w:p>')}</w:p>"
        case 6:
            return f"<w:p><w:moveTo>{run}</w:moveTo></w:p>"
        case _:
            return f"<w:p>{run}</w:p>"


def word() -> bytes:
    empty = io.BytesIO()
    docx.Document().save(empty)
    body = "".join(paragraph(n, text) for n, text in enumerate(words()))
    made = io.BytesIO()
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
            new.writestr(info, content)
    return made.getvalue()


def rich_text() -> bytes:
    lines = "".join(f"\\pard\\plain\\f0\\fs22 {{{text}}}\\par\r\n" for text in words())
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}" + lines + "}").encode()


def timed(name: str, data: bytes) -> tuple[float, str]:
    taken = Taken(name, data, datetime.now(UTC))
    began = time.process_time()
    read = format_of(taken).read
    assert read
    text = read(taken).text
    return time.process_time() - began, text


def rival(data: bytes) -> tuple[float, str]:
    began = time.process_time()
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    return time.process_time() - began, text


def found(text: str) -> float:
    wanted = words()
    return sum(sentence.strip() in text for sentence in wanted) / len(wanted)


def main() -> None:
    data = word()
    timed("warm.docx", data)
    ours, text = timed("note.docx", data)
    theirs, other = rival(data)
    print(
        f"Word, {PAGES} pages: {ours:.2f} s ({ours / LIMIT:.0%} of the limit), sentences found {found(text):.1%}"
    )
    print(f"python-docx: {theirs:.2f} s (ratio {ours / theirs:.2f}), sentences found {found(other):.1%}")
    took, text = timed("note.rtf", rich_text())
    print(f"Rich Text: {took:.2f} s ({took / LIMIT:.0%} of the limit), sentences found {found(text):.1%}")


if __name__ == "__main__":
    main()
