"""Notices of rights, and how much of what they forbid to pass on is in a brief."""

from __future__ import annotations

import pytest

from briefer.domain.checks.rights import forbids
from tests.unit.domain.checks.conftest import Bench


@pytest.mark.parametrize(
    "notice",
    [
        "All rights reserved.",
        "No part may be reproduced.",
        "無断転載を禁じます",
        "Redistribution prohibited",
        "Do not redistribute.",
        "Not for redistribution",
        "For subscribers only; must not be copied",
        "Copying is forbidden.",
        "Reproduction is prohibited.",
        "Unauthorised reproduction prohibited",
        "複製・転載禁止",
        "転載禁止",
        "転載を固く禁じます",
        "無断での転載はご遠慮ください",
        "禁無断転載",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "No part of this publication may be reproduced without the prior written permission of the publisher.",
        "Reproduction only with permission.",
        "May be reproduced only with the consent of the author.",
        "Reproduction without permission is not allowed",
        "許可なく転載することを禁じます",
        "転載には許可が必要です",
        "転載はできません",
        "転載不可",
        "本記事の無断複製・転載を禁じます。",
        "無断転載・複製を固くお断りします",
        "© 2026 The Paper. All Rights Reserved.",
        "These materials are not to be circulated.",
        "Reuters content is the intellectual property of Reuters. Any copying, republication or redistribution of Reuters content is expressly prohibited without the prior written consent of Reuters.",
    ],
)
def test_notices_that_forbid(notice: str) -> None:
    assert forbids(notice)


@pytest.mark.parametrize(
    "notice",
    [
        "CC BY 4.0",
        "Reproduction is permitted with acknowledgement.",
        "This work may be copied without permission.",
        "Free to redistribute; no charge.",
        "No restrictions on copying.",
        "Crown copyright. Open Government Licence; you do not need permission to reuse.",
        "転載自由",
        "You may copy and distribute this text.",
        "No permission is needed to copy this text.",
        "Can be freely distributed.",
        "Copying is not restricted.",
        "Copying is not prohibited.",
        "許可なく転載できます",
        "転載は禁止していません",
        "出典を明記すれば転載できます。",
        "転載には許可は不要です",
        "Licensed under CC BY-NC-ND 4.0",
        "Reproduction is authorised provided the source is acknowledged.",
        "© European Union, 1995-2026",
        "Content may be reproduced without restriction.",
        "Not produced by the embassy.",
        "",
    ],
)
def test_notices_that_do_not(notice: str) -> None:
    assert not forbids(notice)


WORDS = " ".join(f"word{n}" for n in range(160))


def taken(bench: Bench, *texts: str, rights: str = "Redistribution prohibited") -> list[str]:
    bench.sections.clear()
    own = bench.excerpt(bench.source(rights=rights), WORDS)
    other = bench.excerpt(bench.source(), "Another text of another source.")
    bench.section(*(text.format(own=own, other=other) for text in texts))
    return [f.message.split(" of ")[0] for f in bench.found() if f.check == "rights"]


def first(count: int) -> str:
    return " ".join(WORDS.split()[:count])


def test_an_extract_that_is_typed_counts_as_one_that_is_quoted(bench: Bench) -> None:
    assert taken(bench, f"They wrote: “{first(120)}” [@{{own}}].") == ["120 words"]
    assert taken(bench, f"They wrote: “{first(120)}” [@{{own}}].", rights="CC BY 4.0") == []


def test_what_is_typed_and_quoted_is_counted_together(bench: Bench) -> None:
    assert taken(bench, f"They wrote: “{first(60)}” [@{{own}}].") == []
    assert taken(bench, f"“{first(60)}” [@{{own}}].", f"And: ‘{first(41)}’ [@{{own}}].") == ["101 words"]
    assert taken(bench, ">{own}", f"And: “{first(10)}” [@{{own}}].") == ["170 words"]


def test_of_several_sources_it_is_counted_with_the_one_that_says_it(bench: Bench) -> None:
    assert taken(bench, f"“{first(120)}” [@{{own}}; @{{other}}].") == ["120 words"]
    assert taken(bench, f"“{first(120)} and more” [@{{own}}; @{{other}}].") == []
    assert taken(bench, f"“{first(120)} and more” [@{{own}}].") == ["122 words"]
