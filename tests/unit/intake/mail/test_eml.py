from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.domain.dates import Basis
from briefer.domain.sources import Capture, How, SegmentKind
from briefer.errors import InputError
from briefer.intake import Intake
from briefer.intake.mail import eml
from briefer.services.ports import Taken

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
BODY = """Dear colleagues,

The harbour ministry will publish the list of spare parts on Friday,
and the ports have until May to comment.

Please read the second annex first.

On Mon, 2 Mar 2026 at 10:00, Ken Sato wrote:
> Could you send us the list?
> We meet on Thursday.

--\x20
Asha Menon
Port of Navapur

Meeting room 4
"""


def message(body: str = BODY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    values = {
        "From": "Asha Menon <asha@navapur.example>",
        "To": "desk@ministry.example",
        "Subject": "List of spare parts",
        "Date": "Tue, 03 Mar 2026 23:30:00 +0900",
        "Message-ID": "<1@navapur.example>",
        **headers,
    }
    for name, value in values.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def taken(data: bytes | EmailMessage, name: str = "mail.eml") -> Taken:
    return Taken(name, data if isinstance(data, bytes) else data.as_bytes(), WHEN)


def body(capture: Capture) -> list[str]:
    return [" ".join(capture.text[s.span.start : s.span.end].split()) for s in capture.reading.body()]


def furniture(capture: Capture) -> dict[str, str]:
    return {
        capture.text[s.span.start : s.span.end].split("\n")[0]: s.why
        for s in capture.reading.segments
        if s.kind is SegmentKind.FURNITURE
    }


def test_a_message_is_what_was_written_not_what_it_quotes() -> None:
    capture = eml.read(taken(message()))
    assert body(capture) == [
        "Dear colleagues,",
        "The harbour ministry will publish the list of spare parts on Friday, and the ports have until May to comment.",
        "Please read the second annex first.",
    ]
    found = furniture(capture)
    assert found["On Mon, 2 Mar 2026 at 10:00, Ken Sato wrote:"] == "quoted message"
    assert found["> Could you send us the list?"] == "quoted message"
    assert found["-- "] == "signature"
    assert found["Meeting room 4"] == "signature"
    assert "From: Asha Menon <asha@navapur.example>" in found


def test_its_header_gives_the_facts() -> None:
    capture = eml.read(taken(message()))
    assert capture.title == "List of spare parts"
    assert capture.authors == ("Asha Menon",)
    # The day where it was written, not the day at Greenwich.
    assert (capture.published.value, capture.published.basis) == ("2026-03-03", Basis.EXPLICIT)
    assert (capture.kind, capture.genre) == ("personal_communication", "E-mail")
    assert capture.known["title"].how is How.STATED
    assert capture.language == "en"


def test_every_line_belongs_to_a_segment_once() -> None:
    capture = eml.read(taken(message()))
    spans = [s.span for s in capture.reading.segments]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert all(i in covered for i, c in enumerate(capture.text) if not c.isspace())


def test_japanese_headers_and_text() -> None:
    made = message(
        "拝啓\n\n港湾当局は金曜日に一覧を公表する。\n", Subject="部品の一覧", From="佐藤 健 <k@example.jp>"
    )
    raw = made.as_bytes()
    capture = eml.read(taken(raw))
    assert capture.title == "部品の一覧"
    assert capture.authors == ("佐藤 健",)
    assert body(capture) == ["拝啓", "港湾当局は金曜日に一覧を公表する。"]
    old = (
        b"From: k@example.jp\r\nSubject: =?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n" + "港は開いている。\r\n".encode("iso2022_jp")
    )
    capture = eml.read(taken(old))
    assert capture.title == "テスト"
    assert body(capture) == ["港は開いている。"]
    assert capture.published.value is None


def test_html_only() -> None:
    made = message()
    made.set_content("<p>First part.</p><p>Second <b>part</b>.</p><script>x()</script>", subtype="html")
    assert body(eml.read(taken(made))) == ["First part.", "Second part."]


def test_the_plain_part_is_read_where_there_are_both() -> None:
    made = message("Plain words.\n")
    made.add_alternative("<p>HTML words.</p>", subtype="html")
    assert body(eml.read(taken(made))) == ["Plain words."]


def test_attachments_are_sources_of_their_own() -> None:
    made = message()
    made.add_attachment("An attached note about cranes.", filename="note.txt")
    made.add_attachment(
        b"\x89PNG....", maintype="image", subtype="png", filename="logo.png", disposition="inline"
    )
    inner = message("Inner words of another message.\n", Subject="Inner")
    made.add_attachment(inner)
    made.add_attachment("..", filename="..\\..\\evil.txt")
    parts = eml.unpack(taken(made))
    assert [p.name for p in parts] == [
        "mail.eml/note.txt",
        "mail.eml/message 4.eml",
        "mail.eml/evil.txt",
    ]
    outcomes = list(Intake().read([taken(made)]))
    assert [o.capture.title for o in outcomes if o.capture][:3] == [
        "List of spare parts",
        "An attached note about cranes.",
        "Inner",
    ]
    assert {o.of for o in outcomes} == {0}


@pytest.mark.parametrize(
    "first",
    ["Received: from a by b\r\nFrom: x@y.z\r\nSubject: Hi\r\n", "Return-Path: <x@y.z>\r\nSubject: Hi\r\n"],
)
def test_recognised_by_its_header_whatever_its_name(first: str) -> None:
    (outcome,) = Intake().read([taken(first.encode() + b"\r\nWords of the message.\r\n", "message.txt")])
    assert outcome.capture
    assert outcome.capture.genre == "E-mail"


def test_a_pasted_memo_is_no_message() -> None:
    memo = (
        b"From: The ministry\nTo: All ports\nSubject: Spare parts\n\nThe list is to be published on Friday.\n"
    )
    (outcome,) = Intake().read([taken(memo, "memo.txt")])
    assert outcome.capture
    assert outcome.capture.media_type == "text/plain"


def hostile() -> dict[str, bytes]:
    head = b"From: a@b.c\r\nMIME-Version: 1.0\r\n"
    many = b"".join(b"--x\r\n\r\nwords\r\n" for _ in range(50_000))
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(3000)
    )
    return {
        "endless header": b"From: a@b.c\r\n" + b"X-A: 1\r\n" * 50_000,
        "many parts": head + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + many,
        "deep": head + deep,
    }


@pytest.mark.parametrize("name", ["endless header", "many parts", "deep"])
def test_what_was_made_to_exhaust_a_reader_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        eml.read(taken(hostile()[name]))
    assert caught.value.code == "input-damaged"


def test_twenty_thousand_encoded_words_are_not_decoded() -> None:
    words = " ".join("=?utf-8?Q?w=C3=B6rd?=" for _ in range(20_000))
    raw = f"From: a@b.c\r\nMIME-Version: 1.0\r\nSubject: {words}\r\n\r\nWords.\r\n".encode()
    if len(raw) < 262_144:
        raise AssertionError("too small to try anything")
    with pytest.raises(InputError):
        eml.read(taken(raw))
    shorter = f"From: a@b.c\r\nSubject: {words[:60_000]}\r\n\r\nWords.\r\n".encode()
    assert len(eml.read(taken(shorter)).title) <= 4096


def test_an_empty_message_has_no_text() -> None:
    (outcome,) = Intake().read([taken(b"MIME-Version: 1.0\r\n\r\n\r\n")])
    assert outcome.error
    assert outcome.error.code == "input-no-text"


def test_what_headers_say_wrongly() -> None:
    raw = (
        b"From: =?nonsense?B?!!!?= <a@b.c>\r\nDate: never\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=no-such\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"VGhlIHBvcnQgaXMgb3Blbi4=\r\n"
    )
    capture = eml.read(taken(raw))
    assert body(capture) == ["The port is open."]
    assert capture.published.value is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 1200))
def test_damage_is_never_a_fault(noise: bytes, cut: int) -> None:
    whole = message().as_bytes()
    for data in (whole[:cut] + noise + whole[cut + len(noise) :], b"From: " + noise):
        (*outcomes,) = Intake().read([taken(data)])
        assert all(o.capture or o.error for o in outcomes)
