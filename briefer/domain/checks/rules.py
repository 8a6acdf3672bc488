"""The rules that briefs are checked by: what each is called, how grave it is, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefer.domain.findings import Finding, Level, digest_of

_ICD_203 = "US ICD 203, Analytic Standards"
_ICD_206 = "US ICD 206, Sourcing Requirements"
_PHIA = "UK Professional Head of Intelligence Assessment, yardstick"
_CHICAGO = "Chicago Manual of Style, 12.7 and 12.58"
_STANDARD = re.compile(r" \([^()]*\)\.$")
_ADMIRALTY = "NATO AJP-2.1 and US FM 2-22.3, grading of sources"


@dataclass(frozen=True)
class Rule:
    """One rule: ``why`` is a sentence for people, with the standard or practice that it comes from in brackets at its end.

    A red finding of it is asked for before the document leaves, unless ``shows``: a reader sees it anyway.
    """

    id: str
    level: Level
    why: str
    shows: bool = False

    @property
    def plain(self) -> str:
        """The sentence without the standard."""
        return _STANDARD.sub(".", self.why)


RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("quote-altered", Level.RED, f"A quotation must say what its source says ({_CHICAGO})."),
        Rule("quote-hidden-edit", Level.RED, f"What is left out or put in must show in brackets ({_CHICAGO})."),
        Rule("quote-normalised", Level.AMBER, f"It differs from its source in marks, blanks or width alone ({_CHICAGO})."),
        Rule("quote-cut", Level.AMBER, f"A quotation that begins or ends inside a word reads as a mistake ({_CHICAGO})."),
        Rule("quote-carried", Level.AMBER, "It was found again only roughly in a newer capture; a person should compare."),
        Rule("source-altered", Level.RED, f"What is quoted must stand in the source as it was captured ({_ICD_206}, D.1)."),
        Rule("data-altered", Level.RED, f"What a brief says, and its citations of their sources, must be what somebody has stored ({_ICD_206}, D.1)."),
        Rule("record-broken", Level.AMBER, f"Where the record is broken, it cannot tell what something else than Briefer has changed ({_ICD_206}, D.1)."),
        Rule("source-missing", Level.RED, f"Every citation must lead to a source ({_ICD_206}, D.1)."),
        Rule("no-sources", Level.RED, f"A brief that cites nothing cannot be checked by anybody ({_ICD_206}, D.1).", shows=True),
        Rule("no-source", Level.AMBER, f"Figures, dates, names and quotations need a source ({_ICD_206}, D.1)."),
        Rule("single-source", Level.AMBER, f"A key message should not rest on one origin alone ({_ICD_206}, E)."),
        Rule("circular", Level.AMBER, f"Outlets that carry one text do not confirm each other ({_ICD_206}, E)."),
        Rule("no-primary", Level.AMBER, f"Where a statement of those who act exists, cite it ({_ICD_206}, D.6)."),
        Rule("withdrawn", Level.RED, f"A source that was withdrawn supports nothing any more ({_ICD_206}, D.6)."),
        Rule("superseded", Level.AMBER, f"A newer edition of the source exists ({_ICD_206}, D.6)."),
        Rule("stale", Level.AMBER, f"The source is older than the form allows ({_ICD_206}, D.6: currency)."),
        Rule("undated", Level.AMBER, f"A reader cannot tell how current it is ({_ICD_206}, D.6)."),
        Rule("date-inferred", Level.AMBER, "A date that the source does not state is a conclusion, and shows in brackets."),
        Rule("date-of-event", Level.AMBER, "The day of publication is not the day of the event that it reports."),
        Rule("ai-written", Level.AMBER, f"A machine wrote the source or helped; its facts need another one ({_ICD_206}, D.6)."),
        Rule("low-grade", Level.AMBER, f"The grade is below what the form asks for ({_ADMIRALTY})."),
        Rule("anonymous", Level.AMBER, f"A key message rests on somebody who is not named ({_ICD_206}, D.6: access)."),
        Rule("confidence-likelihood", Level.AMBER, f"Confidence and likelihood do not belong in one sentence ({_ICD_203}, 6.2.a)."),
        Rule("yardsticks-mixed", Level.AMBER, f"Words of two yardsticks of likelihood are mixed ({_ICD_203}, 6.2.a; {_PHIA})."),
        Rule("yardstick-other", Level.AMBER, f"The word is not of the yardstick that the form has chosen ({_ICD_203}; {_PHIA})."),
        Rule("empty-section", Level.AMBER, "The form asks for this section."),
        Rule("starter-left", Level.AMBER, "The text that the form began the section with was not replaced."),
        Rule("word-limit", Level.AMBER, "The section is longer than the form allows."),
        Rule("page-budget", Level.AMBER, "The brief is longer than the form allows."),
        Rule("heading-order", Level.AMBER, "A level of heading is skipped; screen readers lose the order (WCAG 2.2, 1.3.1)."),
        Rule("parted", Level.AMBER, "A point and what follows from it belong into one section."),
        Rule("title-partner", Level.AMBER, "The title names another partner than the brief is for."),
        Rule("title-date", Level.AMBER, "The title names another day than the meeting's."),
        Rule("date-carried", Level.AMBER, "A sentence taken over from the brief before names the day of the last meeting."),
        Rule("date-impossible", Level.AMBER, "A date that the calendar does not have, or not on that weekday, leaves open which day is meant (ISO 8601-1, 4.2: calendar)."),
        Rule("spelled-twice", Level.AMBER, "One partner is called by two names."),
        Rule("no-marking", Level.AMBER, "A reader cannot tell how to handle the brief."),
        Rule("marking-unknown", Level.AMBER, "A marking of no known scheme cannot be compared, nor tells whose rules to follow."),
        Rule("marking-below", Level.RED, "A brief bears at least the marking of its highest portion (UK GSCP; US 32 CFR 2001.21)."),
        Rule("markings-mixed", Level.RED, "Markings of schemes that do not compare give no marking for the whole."),
        Rule("rights", Level.AMBER, "The source's notice of rights forbids redistribution, and the extract is long."),
        Rule("one-outlet", Level.AMBER, f"The section rests on one outlet alone ({_ICD_206}, E)."),
        Rule("one-side", Level.AMBER, f"All that is quoted comes from one voice ({_ICD_203}, 6.1: objectivity)."),
    )
}  # fmt: skip


def holds(found: Finding) -> bool:
    """Whether a document leaves with this only where somebody lets it."""
    return found.level is Level.RED and not RULES[found.check].shows


def finding(
    rule: str, message: str, section: str = "", block: str = "", words: Iterable[str] = ()
) -> Finding:
    """Return what ``rule`` found, at a section or block by its id, in ``words``; without them the message says all."""
    found_in = tuple(words)
    return Finding(
        rule, RULES[rule].level, message, section, block, digest_of(*found_in), next(iter(found_in), "")
    )
