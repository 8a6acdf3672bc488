"""Where excerpts and sources are used."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.domain.editing import add_block, remove_block
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk


def test_uses_name_headings_and_versions(desk: Desk, port: Source, cable: Source, tmp_path: Path) -> None:
    tags = [parse_tag("partner:IN"), parse_tag("risk:cyber")]
    excerpt, _ = desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", tags=tags)
    unused, _ = desk.curate.mark_quote(cable.id, "攻撃は偶然ではない")
    brief, _ = desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),)))
    desk.compose.edit(
        brief.id, "Cite", lambda b: add_block(b, b.sections[0].id, prose(f"So it is [@{excerpt.id[:13]}]."))
    )
    desk.publish.export(brief.id, tmp_path / "one.md")
    (use,) = desk.usage.of_excerpt(excerpt.id)
    assert (use.brief_id, use.title) == (brief.id, "Country brief: India")
    assert (use.headings, use.versions) == (("Summary", "Cyber threats"), (1,))
    assert desk.usage.of_source(port.id) == (use,)
    for _, block in desk.compose.brief(brief.id).blocks():
        desk.compose.edit(brief.id, "Remove", lambda b, i=block.id: remove_block(b, i))  # type: ignore[misc]
    (left,) = desk.usage.of_source(port.id)
    assert (left.headings, left.versions) == ((), (1,))
    assert desk.usage.of_excerpt(unused.id) == ()
    assert desk.usage.of_source(cable.id) == ()
    with pytest.raises(InputError, match="there is no excerpt nothing"):
        desk.usage.of_excerpt("nothing")
    with pytest.raises(InputError, match="there is no source nothing"):
        desk.usage.of_source("nothing")
