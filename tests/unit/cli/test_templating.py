from __future__ import annotations

import hashlib
import json
from pathlib import Path

import docx
import pytest

from tests.unit.cli.conftest import Run, imported


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a template whose points come before its recommendation, with a field that nobody knows."""
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "{{ marking }}"
    document.add_paragraph("{{ title }} for {{ audience }}")
    document.add_paragraph("{{ section:say }}")
    document.add_paragraph("{{ body }}")
    document.add_paragraph("{{ desk officer }}")
    path = tmp_path / "house.docx"
    document.save(str(path))
    return path


@pytest.fixture
def brief(run: Run, library: Path) -> str:
    port, cable = (row["source"]["id"] for row in imported(run, library))
    quote = "We cannot wait eight months for a gearbox"
    run("excerpt", library, port, "--quote", quote, "--tag", "partner:IN", "--tag", "risk:supply-chain")
    run("excerpt", library, cable, "--quote", "攻撃は偶然ではない", "--tag", "partner:IN")
    made = run("compose", library, "--form", "meeting-brief", "--for", "partner:IN", "--marking", "OFFICIAL",
               "--audience", "The Minister")  # fmt: skip
    return made[1].split()[0]


def lines(file: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


def test_a_template_is_shown(run: Run, house: Path) -> None:
    status, out, err = run("template", house)
    assert status == 0
    assert "body  Body Text  (built-in; or Normal)" in out
    assert "source  Briefer’s own  (added)" in out
    assert "{{ section:say }}  (body: blocks)" in out
    assert "{{ marking }}  (footer: text)" in out
    assert "briefer: house.docx: the field desk officer is not known, and stays as it is.\n" in err


def test_a_template_as_json(run: Run, house: Path) -> None:
    status, out, err = run("template", house, "--json", "--template-style", "Body=normal")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert (found["name"], found["sha256"]) == ("house.docx", hashlib.sha256(house.read_bytes()).hexdigest())
    (body,) = (role for role in found["roles"] if role["role"] == "body")
    assert body == {"role": "body", "style": "Normal", "reason": "chosen", "alternatives": ["Body Text"]}
    assert found["fields"][0] == {"name": "title", "filling": "text", "control": False, "place": "body"}
    assert {
        "code": "template-field-unknown",
        "text": "the field desk officer is not known, and stays as it is.",
    } in found["warnings"]


def test_a_brief_in_a_template_of_the_house(run: Run, library: Path, house: Path, brief: str) -> None:
    out = library.parent / "out.docx"
    status, printed, err = run(
        "export", library, brief, out, "--template", house, "--template-style", "quotation=Intense Quote"
    )
    assert (status, printed) == (0, f"{out}  (version 1)\n")
    assert "house.docx: the field desk officer is not known" in err
    found = lines(out)
    assert found[0] == "Meeting brief: India for The Minister"
    assert found[-1] == "{{ desk officer }}"
    document = docx.Document(str(out))
    assert "OFFICIAL" in [p.text for p in document.sections[0].footer.paragraphs]
    (quoted,) = (p for p in document.paragraphs if "eight months" in p.text)
    assert quoted.style is not None
    assert quoted.style.name == "Intense Quote"


def test_an_export_in_a_template_can_be_verified(run: Run, library: Path, house: Path, brief: str) -> None:
    out = library.parent / "out.docx"
    run("export", library, brief, out, "--template", house)
    status, printed, _ = run("verify", out, "--library", library)
    assert status == 0
    assert "0 red" in printed


def test_other_formats_take_no_notice_of_a_template(run: Run, library: Path, brief: str) -> None:
    absent = library.parent / "absent.docx"
    assert run("export", library, brief, library.parent / "out.md", "--template", absent)[0] == 0
    status, _, err = run("export", library, brief, library.parent / "out.docx", "--template", absent)
    assert (status, err) == (3, "briefer: absent.docx: there is no such file; check the path.\n")


def test_choices_that_cannot_be_are_wrong_usage(
    run: Run, house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("template", house, "--template-style", "body=Prose")[0] == 2
    assert run("template", house, "--template-style", "boddy=Normal")[0] == 2
    with pytest.raises(SystemExit) as caught:
        run("template", house, "--template-style", "body")
    assert caught.value.code == 2
    assert "'body' is not ROLE=STYLE" in capsys.readouterr().err
