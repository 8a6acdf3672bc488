from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from briefer.intake.office.packages import Package, package_type
from briefer.services.ports import Taken

CHANGED = datetime(2025, 7, 24, 10, tzinfo=UTC)


def packed(parts: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def taken(data: bytes, name: str = "note.docx") -> Taken:
    return Taken(name, data, CHANGED)


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>{override}</Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="{type}/officeDocument" Target="{target}"{mode}/></Relationships>'
)
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def test_packages_say_what_they_are() -> None:
    override = TYPES.format(override='<Override PartName="/Main/X.xml" ContentType="x/main+xml"/>')
    plain = TYPES.format(override="")
    inside = RELATIONS.format(type=STRICT, target="/main/x.xml", mode="")
    outside = RELATIONS.format(type=STRICT, target="/main/x.xml", mode=' TargetMode="External"')

    def typed(**parts: str) -> str:
        names = {"types": "[Content_Types].xml", "rels": "_rels/.rels"}
        return package_type(taken(packed({names.get(k, k): v for k, v in parts.items()})))

    assert typed(types=override, rels=inside) == "x/main+xml"
    assert typed(types=plain, rels=inside) == "application/xml"
    assert typed(types=plain, rels=outside) == ""
    assert typed(mimetype="application/epub+zip\n") == "application/epub+zip"
    assert typed(a="1") == ""
    assert typed(types="<broken") == ""
    assert package_type(taken(b"plain text")) == ""
    assert package_type(taken(b"PK\x03\x04 and no more")) == ""


@given(st.binary(max_size=400), st.integers(0, 3000), st.integers(0, 300))
def test_any_bytes_have_a_type_or_none(noise: bytes, at: int, cut: int) -> None:
    data = bytearray(packed({"[Content_Types].xml": TYPES.format(override=""), "mimetype": "x" * 300}))
    data[at : at + len(noise)] = noise
    document = taken(b"PK\x03\x04" + bytes(data)[4 : len(data) - cut])
    assert isinstance(package_type(document), str)


def test_a_package_is_named_as_its_file() -> None:
    assert Package(taken(packed({"a": "1"}), "brief.docx")).name == "brief.docx"
