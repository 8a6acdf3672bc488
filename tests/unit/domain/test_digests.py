from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from briefer.domain.digests import bulk_states, state_of, state_of_reading
from briefer.domain.excerpts import Excerpt, ExcerptKind
from briefer.domain.hashing import text_sha256
from briefer.domain.readings import paragraphs
from briefer.domain.record import canonical
from briefer.domain.sources import Source
from briefer.domain.spans import Span

AT = datetime(2025, 11, 3, tzinfo=UTC)
SOURCE = Source(id="", title="Cables", created_at=AT, extra={"volume": 1e16})
# Also half characters, which a damaged or hostile file may hold.
ANY = st.text(st.characters(), max_size=20)


@given(ANY, st.none() | ANY, ANY, st.sampled_from(ExcerptKind))
@example('\x00\x1f\x7f\u2028"\\/\t\b\f\n\r\ud800 日本\U0001f600', None, "", ExcerptKind.QUOTATION)
def test_a_state_is_the_digest_of_canonical_json(
    quote: str, speaker: str | None, comment: str, kind: ExcerptKind
) -> None:
    excerpt = Excerpt("", "", "", Span(3, 9), quote, 2, AT, kind, speaker, comment)
    told: dict[str, object] = {"snapshot_id": "", "span": {"start": 3, "end": 9}, "quote": quote}
    told |= {"kind": kind.value} if kind is not ExcerptKind.QUOTATION else {}
    told |= {"speaker": speaker} if speaker is not None else {}
    told |= {"comment": comment} if comment else {}
    assert state_of(excerpt) == text_sha256(canonical(told))[:32]

    given = {"snapshot_id": "", "span": {"start": 3, "end": 9}, "quote": quote}
    said: dict[str, object] = {"kind": kind, "speaker": speaker, "comment": comment, **given}
    reading = paragraphs("One.\n\nTwo.")
    assert bulk_states(SOURCE, reading, [said, said]) == (
        state_of(SOURCE),
        state_of_reading(reading),
        *[state_of(excerpt)] * 2,
    )


def test_states_are_the_same_for_ever() -> None:
    """Libraries keep them in their records."""
    excerpt = Excerpt("", "", "s1", Span(3, 9), "Ports.", 2, AT, comment="日本\x01")
    assert state_of(excerpt) == "4afd1fb61502db66cfdfc1498a4af48d"
    assert state_of(replace(SOURCE, publisher="Reuters")) == "bc91dbfef6f3dda07f342c1535f0c03d"
    assert state_of_reading(paragraphs("One.\n\nTwo.")) == "3c16aaef1eb2055a11b2931dc4500ee0"
