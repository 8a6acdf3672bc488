"""Where excerpts and sources are used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.editing import add_block, remove_block
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.storage.briefs import SqliteBriefs


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


def test_only_the_briefs_in_question_are_read(
    desk: Desk, port: Source, cable: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, _ = desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox")
    other, _ = desk.curate.mark_quote(cable.id, "攻撃は偶然ではない")
    none = frozenset({used.id, other.id})
    made = [
        desk.compose.create(NewBrief("one-page-note", title=f"Note {n}", excluded=none))[0] for n in range(4)
    ]
    for number, brief in enumerate(made):
        cited = used if number == 2 else other
        desk.compose.edit(
            brief.id,
            "Cite",
            lambda b, c=cited: add_block(b, b.sections[0].id, prose(f"[@{c.id}]")),  # type: ignore[misc]
        )
        desk.compose.save_version(brief.id)
    read: list[str] = []
    get = SqliteBriefs.get

    def noted(briefs: SqliteBriefs, brief_id: str) -> Brief | None:
        read.append(brief_id)
        return get(briefs, brief_id)

    monkeypatch.setattr(SqliteBriefs, "get", noted)
    monkeypatch.setattr(SqliteBriefs, "versions", lambda *_: pytest.fail("all versions were read"))
    (use,) = desk.usage.of_source(port.id)
    assert (use.title, use.versions) == ("Note 2", (1,))
    assert read == [made[2].id]


def test_the_list_of_briefs_counts_the_sources_that_fell(desk: Desk, port: Source, cable: Source) -> None:
    one, _ = desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox")
    two, _ = desk.curate.mark_quote(port.id, "Port operators in India agreed on Tuesday")
    three, _ = desk.curate.mark_quote(cable.id, "攻撃は偶然ではない")
    none = frozenset({one.id, two.id, three.id})
    brief, _ = desk.compose.create(NewBrief("one-page-note", excluded=none))
    text = prose(f"[@{one.id}] [@{two.id[:20]}] [@{three.id}]")
    desk.compose.edit(brief.id, "Cite", lambda b: add_block(b, b.sections[0].id, text))
    desk.compose.create(NewBrief("one-page-note", title="Cites nothing", excluded=none))

    def counts() -> list[tuple[int, int]]:
        return sorted((b.withdrawn, b.superseded) for b in desk.compose.briefs())

    assert counts() == [(0, 0), (0, 0)]
    desk.collect.change_source(replace(port, flags=("withdrawn",)))
    desk.collect.change_source(replace(cable, flags=("AI-written", "superseded by a newer one")))
    assert counts() == [(0, 0), (1, 1)]
