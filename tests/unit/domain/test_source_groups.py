from __future__ import annotations

import pytest

from briefer.domain.source_groups import SourceGroup, source_group
from tests.unit.factories import make_source

PRIMARY, PRESS, ANALYSIS = SourceGroup


@pytest.mark.parametrize(
    ("kind", "genre", "publisher", "group"),
    [
        ("treaty", "", None, PRIMARY),
        ("legislation", "", "e-Gov", PRIMARY),
        ("hearing", "", None, PRIMARY),
        ("document", "Joint statement", "Ministry of Foreign Affairs", PRIMARY),
        ("webpage", "Press release", "A Company", PRIMARY),
        ("webpage", "報道発表", "外務省", PRIMARY),
        ("article-newspaper", "Speech", "Example Times", PRIMARY),
        ("webpage", "Communiqué", None, PRIMARY),
        ("webpage", "", "The Ministry of Ports", PRIMARY),
        ("report", "", "経済産業省", PRIMARY),
        ("report", "White paper", None, PRIMARY),
        ("article-newspaper", "", "Example Times", PRESS),
        ("article-newspaper", "Opinion", "Example Times", PRESS),
        ("article-newspaper", "", "The Parliament Magazine", PRESS),
        ("broadcast", "", None, PRESS),
        ("webpage", "", None, PRESS),
        ("post-weblog", "", "Government Executive Review", PRESS),
        ("report", "", "Institute of Ports", ANALYSIS),
        ("report", "Fact sheet", "The Government Institute", ANALYSIS),
        ("article-journal", "", None, ANALYSIS),
        ("book", "", None, ANALYSIS),
        ("thesis", "", None, ANALYSIS),
        ("paper-conference", "Enactment study", None, ANALYSIS),
        ("odd", "", None, PRIMARY),
    ],
)
def test_groups(kind: str, genre: str, publisher: str | None, group: SourceGroup) -> None:
    assert source_group(make_source(kind=kind, genre=genre, publisher=publisher)) is group
