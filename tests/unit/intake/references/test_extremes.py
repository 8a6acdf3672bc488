"""Records that no program writes: what they hold is taken as far as it can be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer.intake import Intake
from briefer.intake.references.bibtex import decoded
from briefer.services.ports import Taken

_MODIFIED = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


def test_latex_that_is_nested_without_end_stays_as_it_is() -> None:
    assert decoded("{" * 3_000 + "\\alpha" + "}" * 3_000).strip("{}") == "\\alpha"


def test_a_number_that_nothing_can_store_becomes_text() -> None:
    number = 10**30
    item = f'[{{"type": "report", "title": "Ports", "abstract": "They met.", "volume": {number}}}]'
    (outcome,) = Intake().read([Taken("list.json", item.encode(), _MODIFIED)])
    assert outcome.capture is not None
    assert outcome.capture.extra["volume"] == str(number)


def test_accents_around_accents_do_not_double_the_text_without_end() -> None:
    nested = '{\\"' * 60 + "o" + "}" * 60
    assert decoded(nested) == nested
    assert decoded('{\\"{o}}resund') == "öresund"


def test_environments_in_each_other_stay_as_they_are() -> None:
    nested = "\\begin{a}" * 3_000
    assert decoded(nested) == nested


@pytest.mark.parametrize("suffix", ["ris", "bib", "json"])
def test_a_date_of_thousands_of_digits_is_no_date(suffix: str) -> None:
    digits = "2" * 5_000
    texts = {
        "ris": f"TY  - RPRT\nTI  - Ports\nAB  - They met.\nPY  - 2025/{digits}\nER  -\n",
        "bib": f'@misc{{a, title = "Ports", abstract = "They met.", year = 2025, month = {digits}}}',
        "json": f'[{{"type": "report", "title": "Ports", "abstract": "They met.", "issued": {{"date-parts": [["2025", "{digits}"]]}}}}]',
    }
    (outcome,) = Intake().read([Taken(f"list.{suffix}", texts[suffix].encode(), _MODIFIED)])
    assert outcome.capture is not None
    assert outcome.capture.published.value in {None, "2025"}


def test_a_month_that_is_a_raised_digit_is_no_month() -> None:
    item = '[{"type": "report", "title": "Ports", "abstract": "They met.", "issued": {"date-parts": [["2025", "²"]]}}]'
    (outcome,) = Intake().read([Taken("list.json", item.encode(), _MODIFIED)])
    assert outcome.capture is not None
    assert outcome.capture.published.value is None
