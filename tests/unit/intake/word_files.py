"""Word and OpenDocument files made of strings."""

from __future__ import annotations

import io
import zipfile

TRANSITIONAL = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = (
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(
    body: str,
    others: dict[str, str] | None = None,
    *,
    core: str = "",
    company: str = "",
    main: str = MAIN,
    edition: tuple[str, str] = TRANSITIONAL,
    leave_out: str = "",
) -> bytes:
    """Make a Word file; ``others`` are further parts by name (``styles``, ``footnotes``, ``header1``), as XML."""
    w, relations = edition
    names = f'xmlns:w="{w}" xmlns:r="{relations}" {OTHERS}'
    others = others or {}
    kinds = {name: name.rstrip("0123456789") for name in others}
    links = "".join(
        f'<Relationship Id="r{i}" Type="{relations}/{kind}" Target="{name}.xml"/>'
        for i, (name, kind) in enumerate(kinds.items())
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{relations}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="c" Type="{relations}/extended-properties" Target="docProps/app.xml"/></Relationships>',
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{core}</c:coreProperties>",
        "docProps/app.xml": f'<Properties xmlns="x"><Company>{company}</Company></Properties>',
    }
    for name, content in others.items():
        parts[f"word/{name}.xml"] = content.replace("<w:", "<w:", 1).replace(">", f" {names}>", 1)
    if leave_out == "w:body":
        parts["word/document.xml"] = f"<w:document {names}/>"
    parts.pop(leave_out, None)
    return packed(parts)


def para(text: str, style: str = "", run: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    made = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r>{made}"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def style(identifier: str, name: str, inside: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{inside}</w:style>'


STYLES = (
    "<w:styles>"
    "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='de-DE'/></w:rPr></w:rPrDefault></w:docDefaults>"
    + style("Titel", "Title")
    + style("Zwischen", "Subtitle")
    + style("berschrift1", "heading 1", "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>")
    + style("Eigene", "House heading", "<w:basedOn w:val='berschrift1'/>")
    + style("Ring", "Ring", "<w:basedOn w:val='Ring2'/>")
    + style("Ring2", "Ring 2", "<w:basedOn w:val='Ring'/>")
    + style("Bild", "caption")
    + style("Inhalt", "toc 1")
    + style("Fett", "Strong", "<w:rPr><w:b/></w:rPr>", "character")
    + style("Weg", "Gone", "<w:rPr><w:vanish/></w:rPr>", "character")
    + "</w:styles>"
)


NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
TEXT = "application/vnd.oasis.opendocument.text"
_NAMESPACES = f'{NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"'


def open_text(
    body: str,
    *,
    automatic: str = "",
    styles: str = "",
    masters: str = "",
    meta: str = "",
    manifest: str = "",
    flat: bool = False,
    others: dict[str, str] | None = None,
) -> bytes:
    """Make an OpenDocument text, as a package or flat; ``others`` replaces or adds parts."""
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    named = f"<office:styles>{styles}</office:styles><office:master-styles>{masters}</office:master-styles>"
    stated = f"<office:meta>{meta}</office:meta>"
    if flat:
        return (
            f'<?xml version="1.0"?>\n<office:document {_NAMESPACES} office:mimetype="{TEXT}">'
            f"{stated}{named}{content}</office:document>"
        ).encode()
    parts: dict[str, str | bytes] = {
        "mimetype": TEXT,
        "content.xml": f"<office:document-content {_NAMESPACES}>{content}</office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMESPACES}>{named}</office:document-styles>",
        "meta.xml": f"<office:document-meta {_NAMESPACES}>{stated}</office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest {_NAMESPACES}>{manifest}</manifest:manifest>",
    }
    return packed({**parts, **(others or {})})
