from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from briefer.domain.sources import How, Known
from briefer.errors import InputError
from briefer.intake import Intake
from briefer.intake.web import mhtml
from briefer.services.ports import Taken

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ports agree on cranes - The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Ports agree on cranes</h1>
<p>The ports of the eastern coast agreed on Tuesday to keep spare parts for their cranes in one common store.</p>
<p>The store will open in May, and each port will send two fitters to learn how the older cranes are kept.</p>
<p>The ministry called the agreement a first step, since gearboxes still take eight months to be delivered.</p>
</article></body></html>"""
URL = "https://harbour.example/cranes"


def archive(page: str = PAGE, charset: str = "utf-8", **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "<Saved by Blink>",
        "Snapshot-Content-Location": URL,
        "Subject": "Ports agree on cranes",
        "Date": "Mon, 2 Mar 2026 09:00:00 -0000",
        **headers,
    }.items():
        made[name] = value
    made.set_content(page, subtype="html", charset=charset)
    made.add_related(b"\x89PNG...", maintype="image", subtype="png", cid="<1>")
    made.replace_header("Content-Type", f'{made["Content-Type"]}; type="text/html"')
    return made


def taken(data: bytes, name: str = "page.mhtml") -> Taken:
    return Taken(name, data, WHEN)


def test_it_reads_as_the_page_would() -> None:
    (saved, plain) = Intake().read([taken(archive().as_bytes()), taken(PAGE.encode(), "page.html")])
    assert saved.capture
    assert plain.capture
    assert saved.capture.text == plain.capture.text
    assert saved.capture.reading == plain.capture.reading
    assert saved.capture.title == "Ports agree on cranes"
    assert saved.capture.url == URL
    assert saved.capture.media_type == "multipart/related"


def test_the_date_header_tells_when_it_was_saved() -> None:
    capture = mhtml.read(taken(archive().as_bytes()))
    assert capture.accessed == "2026-03-02"
    assert capture.known["accessed"] == Known(How.STATED, 0.95, "Date header")
    undated = mhtml.read(taken(archive(Date="").as_bytes()))
    assert undated.accessed is None
    assert "accessed" not in undated.known


def test_the_encoding_that_the_part_states() -> None:
    page = PAGE.replace("Ports agree on cranes", "港がクレーンで合意").replace('lang="en"', 'lang="ja"')
    (outcome,) = Intake().read([taken(archive(page, charset="shift_jis").as_bytes())])
    assert outcome.capture
    assert outcome.capture.title == "港がクレーンで合意"
    broken = archive().as_bytes().replace(b'charset="utf-8"', b'charset="no-such"')
    (outcome,) = Intake().read([taken(broken)])
    assert outcome.capture
    assert outcome.capture.title == "Ports agree on cranes"


def test_the_part_that_start_names() -> None:
    made = EmailMessage()
    made["Subject"] = "x"
    made.set_content("<p>A frame with an advertisement.</p>", subtype="html", cid="<ad>")
    made.add_related(PAGE, subtype="html", cid="<root>")
    made.replace_header("Content-Type", f'{made["Content-Type"]}; type="text/html"; start="<root>"')
    assert mhtml.read(taken(made.as_bytes())).title == "Ports agree on cranes"


def test_an_archive_without_a_page_is_refused() -> None:
    made = EmailMessage()
    made.set_content("words")
    with pytest.raises(InputError) as caught:
        mhtml.read(taken(made.as_bytes()))
    assert caught.value.code == "input-no-text"


def test_recognised_whatever_its_name() -> None:
    (outcome,) = Intake().read([taken(archive().as_bytes(), "saved.txt")])
    assert outcome.capture
    assert outcome.capture.media_type == "multipart/related"
