"""Quotations in letters of full width get the blanks back that stand between their words in the source.

Blanks between characters of full width were left out as if all of these were Japanese.
"""

from __future__ import annotations

from alembic import op

from briefer.domain.spans import Span, quote_at

revision = "0010"
down_revision = "0009"

WORDS = """
SELECT e.number, e.span_start, e.span_end, e.quote, s.text
FROM excerpts AS e JOIN snapshots AS s ON s.id = e.snapshot_id
WHERE e.quote GLOB '*[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ]*' AND e.span_start >= 0 AND e.span_end > e.span_start
"""


def upgrade() -> None:
    connection = op.get_bind()
    rows = [
        (quote_at(text, Span(start, end)), number)
        for number, start, end, quote, text in connection.exec_driver_sql(WORDS)
        if quote_at(text, Span(start, end)).replace(" ", "") == quote.replace(" ", "")
    ]
    if rows:
        connection.exec_driver_sql("UPDATE excerpts SET quote = ? WHERE number = ?", rows)
