"""Lists of references: BibTeX, RIS, CSL-JSON, Zotero's JSON and RDF."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.domain.csl import TYPES
from briefer.domain.dates import Basis
from briefer.domain.sources import Capture, How, Known
from briefer.intake import Intake
from briefer.intake.references.bibtex import decoded
from briefer.intake.references.records import date_of, name_of
from briefer.services.ports import Outcome, Taken

WHEN = datetime(2026, 3, 1, tzinfo=UTC)

BIBTEX = r"""
% exported by hand
@string{hp = "Harbour Post"}
@comment{nothing}
@article{muller2025cranes,
  author = {M{\"u}ller, Anna and {Port of Navapur} and Ken Sato},
  title = {Cranes, {EU} ports \& the price of steel},
  journal = hp # " Weekly",
  year = 2025, month = mar, day = 7,
  url = {https://harbour.example/a_b?c=1}, urldate = {2026-01-15},
  pages = {3--9},
  abstract = {The paper counts cranes. It finds few.}
}
@techreport{board, author={Board of Pilots}, title="Rules", institution={Harbour board}, date={2024-05}}
@article{broken, title={never closed
"""

RIS = """TY  - NEWS
ID  - n1
AU  - Menon, Asha
AU  - Navapur Harbour Board
TI  - Spare parts for cranes
T2  - The Harbour Post
DA  - 2026/03/03/
UR  - https://harbour.example/parts
AB  - Ports will share their parts.
They begin in May.
KW  - ports
KW  - cranes
ER  -

TY  - RPRT
T1  - 港湾の年次報告
PB  - 港湾局
PY  - 2025
SP  - 3
EP  - 9
ER  -
"""

CSL = [
    {
        "id": "one",
        "type": "report",
        "title": "A report on gearboxes",
        "author": [{"family": "Sato", "given": "Ken"}, {"literal": "Harbour board"}],
        "issued": {"date-parts": [[2025, 12]]},
        "publisher": "Harbour board",
        "DOI": "10.1/x",
        "abstract": "<p>Gearboxes are <b>rare</b>.</p>",
    },
    {"id": "two", "type": "webpage", "title": "Undated page"},
]

ZOTERO = {
    "config": {"id": "better"},
    "items": [
        {
            "itemType": "newspaperArticle",
            "citationKey": "menon2026",
            "title": "Spare parts",
            "creators": [
                {"firstName": "Asha", "lastName": "Menon", "creatorType": "author"},
                {"name": "Harbour board", "creatorType": "author"},
                {"lastName": "Editor", "creatorType": "editor"},
                {"creatorType": "castMember", "name": "nobody"},
            ],
            "publicationTitle": "The Harbour Post",
            "date": "2026-03-03",
            "accessDate": "2026-03-05T10:00:00Z",
            "url": "https://harbour.example/parts",
            "abstractNote": "Ports share parts.",
            "language": "en-GB",
        },
        {"itemType": "attachment", "title": "Full text"},
        "nonsense",
    ],
}

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"
 xmlns:vcard="http://nwalsh.com/rdf/vCard#">
 <bib:Article rdf:about="https://harbour.example/parts">
  <z:itemType>journalArticle</z:itemType>
  <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
  <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Menon</foaf:surname><foaf:givenName>Asha</foaf:givenName></foaf:Person></rdf:li>
   <rdf:li><foaf:Person><foaf:surname>Harbour board</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
  <dc:title>Spare parts</dc:title><dc:date>2026-03-03</dc:date>
  <dc:identifier><dcterms:URI><rdf:value>https://harbour.example/parts</rdf:value></dcterms:URI></dc:identifier>
  <dcterms:abstract>Ports share parts.</dcterms:abstract><dcterms:dateSubmitted>2026-03-05 10:00:00</dcterms:dateSubmitted>
  <dc:publisher><foaf:Organization><vcard:adr><vcard:Address><vcard:locality>Navapur</vcard:locality></vcard:Address></vcard:adr>
   <foaf:name>Press</foaf:name></foaf:Organization></dc:publisher>
 </bib:Article>
 <bib:Journal rdf:about="urn:issn:1234-5678"><dc:title>Journal of Ports</dc:title><prism:volume>4</prism:volume>
  <dc:identifier>DOI 10.1/x</dc:identifier><dc:identifier>ISSN 1234-5678</dc:identifier></bib:Journal>
 <z:Attachment rdf:about="#1"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
</rdf:RDF>"""


def read(name: str, text: str) -> list[Outcome]:
    return list(Intake().read([Taken(name, text.encode(), WHEN)]))


def captures(name: str, text: str) -> list[Capture]:
    return [o.capture for o in read(name, text) if o.capture]


def test_bibtex() -> None:
    outcomes = read("refs.bib", BIBTEX)
    first, second, broken = outcomes
    assert first.taken.name == "refs.bib#muller2025cranes"
    assert b"@string" in first.taken.data
    assert b"Rules" not in first.taken.data
    capture = first.capture
    assert capture
    assert capture.title == "Cranes, EU ports & the price of steel"
    assert capture.authors == ("Anna Müller", "Port of Navapur", "Ken Sato")
    assert capture.publisher == "Harbour Post Weekly"
    assert (capture.published.value, capture.published.basis) == ("2025-03-07", Basis.EXPLICIT)
    assert capture.url == "https://harbour.example/a_b?c=1"
    assert capture.accessed == "2026-01-15"
    assert capture.text == "The paper counts cranes. It finds few."
    assert capture.unreadable == ""
    assert capture.known["title"].how is How.STATED
    assert second.capture
    assert (second.capture.kind, second.capture.publisher) == ("report", "Harbour board")
    assert second.capture.published.value == "2024-05"
    assert "without a text" in second.capture.unreadable
    assert broken.error
    assert broken.error.code == "input-damaged"


def test_ris() -> None:
    news, report = captures("refs.ris", RIS)
    assert news.title == "Spare parts for cranes"
    assert news.authors == ("Asha Menon", "Navapur Harbour Board")
    assert news.publisher == "The Harbour Post"
    assert news.published.value == "2026-03-03"
    assert news.text == "Ports will share their parts. They begin in May."
    assert news.extra["keyword"] == "ports, cranes"
    assert report.title == "港湾の年次報告"
    assert (report.kind, report.published.value, report.extra["page"]) == ("report", "2025", "3-9")


def test_csl_json() -> None:
    one, two = captures("refs.json", json.dumps(CSL))
    assert one.title == "A report on gearboxes"
    assert one.authors == ("Ken Sato", "Harbour board")
    assert one.published.value == "2025-12"
    assert one.text == "Gearboxes are rare."
    assert one.extra["DOI"] == "10.1/x"
    assert two.published.value is None
    assert [c.title for c in captures("one.json", json.dumps(CSL[0]))] == ["A report on gearboxes"]


def record(**variables: object) -> Capture:
    (capture,) = captures("list.json", json.dumps([{"id": "a", "title": "Cranes", **variables}]))
    return capture


def test_only_what_has_a_value_is_known() -> None:
    capture = record(type="report")
    assert capture.known.keys() == {"title", "kind"}
    assert (
        record(type="report", **{"event-date": {"date-parts": [[2025, 3]]}}).known["event"].how is How.STATED
    )


@pytest.mark.parametrize("variables", [{}, {"type": "nonsense"}, {"type": 3}])
def test_a_record_without_a_type_that_is_known(variables: dict[str, object]) -> None:
    capture = record(**variables)
    assert capture.kind in TYPES
    assert capture.known["kind"] == Known(How.INFERRED, 0.3, "the record has no type")


@pytest.mark.parametrize(
    ("raw", "value", "confidence"),
    [
        ("3 Feb 2020", "2020-02-03", 0.9),
        ("令和元年十二月三日", "2019-12-03", 0.9),
        ("03/04/2025", "2025", 0.3),
        ("soon", None, 0.95),
    ],
)
def test_dates_in_words(raw: str, value: str | None, confidence: float) -> None:
    capture = record(type="report", issued={"raw": raw}, accessed={"raw": raw})
    assert (capture.published.value, capture.published.as_written) == (value, raw)
    assert capture.accessed == value
    assert capture.known["published"].confidence == confidence
    if confidence < 0.5:
        assert capture.known["published"].where == "CSL-JSON, 3 April or 4 March"


def test_zotero_json() -> None:
    (capture,) = captures("library.json", json.dumps(ZOTERO))
    assert capture.title == "Spare parts"
    assert capture.authors == ("Asha Menon", "Harbour board")
    assert (capture.kind, capture.publisher) == ("article-newspaper", "The Harbour Post")
    assert (capture.published.value, capture.accessed) == ("2026-03-03", "2026-03-05")
    assert capture.text == "Ports share parts."
    assert capture.language == "en"


def test_zotero_rdf() -> None:
    (outcome,) = read("library.rdf", RDF)
    capture = outcome.capture
    assert capture
    assert capture.title == "Spare parts"
    assert capture.authors == ("Asha Menon", "Harbour board")
    assert (capture.kind, capture.container) == ("article-journal", "Journal of Ports")
    assert capture.url == "https://harbour.example/parts"
    assert (capture.published.value, capture.accessed) == ("2026-03-03", "2026-03-05")
    assert capture.extra["volume"] == "4"
    assert capture.text == "Ports share parts."
    assert b"Attachment" not in outcome.taken.data


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (BIBTEX, "Rules"),
        (RIS, "Spare parts for cranes"),
        (json.dumps(CSL), "Undated page"),
        (RDF, "Spare parts"),
    ],
)
def test_recognised_whatever_the_name(text: str, title: str) -> None:
    assert title in {c.title for c in captures("list.txt", text)}


def test_a_grown_list_brings_the_same_bytes_of_what_was_there() -> None:
    before = {o.taken.data for o in read("refs.ris", RIS)}
    after = {o.taken.data for o in read("refs.ris", RIS + "\nTY  - BOOK\nTI  - New\nER  - \n")}
    assert before < after


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.bib", "no entries here", "input-damaged"),
        ("a.ris", "TI  - without a type\n", "input-damaged"),
        ("a.json", "[1, 2]", "input-damaged"),
        ("a.json", '[{"title": "cut', "input-damaged"),
        ("a.json", "[" * 100_000, "input-damaged"),
        ("a.rdf", "<rdf:RDF", "input-damaged"),
        ("a.rdf", RDF.replace("<rdf:RDF", "<!DOCTYPE x><rdf:RDF", 1), "input-damaged"),
        ("a.rdf", RDF.replace("z:itemType", "z:other"), "input-damaged"),
    ],
)
def test_what_is_no_list_is_refused(name: str, text: str, code: str) -> None:
    (outcome,) = read(name, text)
    assert outcome.error
    assert outcome.error.code == code


def test_too_many_records_are_refused() -> None:
    (outcome,) = read("a.ris", "TY  - BOOK\nTI  - x\nER  - \n" * 20_001)
    assert outcome.error
    assert "20,000" in str(outcome.error)


def test_a_text_in_json_that_is_no_list_of_references_is_refused() -> None:
    (outcome,) = read("settings.json", '{"colour": "blue"}')
    assert outcome.error
    assert "no reference" in str(outcome.error)


def test_a_reference_without_a_title_bears_its_key() -> None:
    (capture,) = captures("refs.json", '[{"id": "k7", "type": "report"}]')
    assert capture.title == "refs.json#k7"
    assert capture.known["title"].how is How.INFERRED


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Sato, Ken", {"family": "Sato", "given": "Ken"}),
        ("Ken van Sato", {"family": "Sato", "given": "Ken van"}),
        ("UNESCO", {"literal": "UNESCO"}),
        ("佐藤 健", {"literal": "佐藤 健"}),
    ],
)
def test_names(written: str, wanted: dict[str, str]) -> None:
    assert name_of(written) == wanted


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("2025", [[2025]]),
        ("2025/12/17/", [[2025, 12, 17]]),
        ("2025-12", [[2025, 12]]),
        ("2025-00-00", [[2025]]),
        ("spring", None),
        ("17-12-2025", None),
    ],
)
def test_dates(written: str, parts: list[list[int]] | None) -> None:
    made = date_of(written)
    assert made["raw"] == written
    assert made.get("date-parts") == parts


def test_latex_is_decoded_only_where_there_is_some() -> None:
    assert decoded(r"M{\"u}ller \& S\o{}n -- {\em x}") == "Müller & Søn – x"
    assert decoded("100 % plain -- text") == "100 % plain -- text"


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([BIBTEX, RIS, json.dumps(ZOTERO), RDF]), st.integers(0, 900), st.binary(max_size=12))
def test_damage_is_never_a_fault(text: str, at: int, noise: bytes) -> None:
    raw = text.encode()
    data = raw[:at] + noise + raw[at + len(noise) :]
    for name in ("a.bib", "a.ris", "a.json", "a.rdf"):
        assert all(o.capture or o.error for o in Intake().read([Taken(name, data, WHEN)]))
