"""Whether what is cited is current, dated, and of the grade that the form asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefer.domain.ageing import too_old
from briefer.domain.attention import is_ai_flag
from briefer.domain.briefs import Block, Section
from briefer.domain.checks.days import days_at, same
from briefer.domain.checks.material import KEY_TYPES, Material
from briefer.domain.checks.rules import finding
from briefer.domain.checks.sentences import sentences
from briefer.domain.citations import cited_ids, uncited
from briefer.domain.dates import Basis, first_day, in_words
from briefer.domain.excerpts import Excerpt
from briefer.domain.findings import Finding
from briefer.domain.flags import is_superseded, is_withdrawn, successor
from briefer.domain.sources import Source

_RELIABILITY, _CREDIBILITY = "ABCDEF", "123456"
_ROLE = (
    r"(?:officials?|sources?|diplomats?|aides?|insiders?|representatives?|spokes(?:man|woman|person|people))"
)
# Whoever holds one of these offices is known, unless it is only said that there is one who does.
_OFFICE = r"(?:ministers?|ambassadors?|envoys?|lawmakers?|legislators?|advis[eo]rs?|officers?|members?)"
_SOME = r"(?:an?|one|some|several|many|two|three|another|other)"
_ANONYMOUS = re.compile(
    rf"\b{_ROLE}\b|\b(?:person|people(?!['’]s)|someone|anonymous|unnamed)\b|^{_SOME}\b[^,]*\b{_OFFICE}\b|not to be named"
    r"|関係者|筋(?![一-龥々])|匿名|高官|幹部|(?:^|の)(?:ある|某|複数の)[一-龥々ァ-ヺー]",
    re.IGNORECASE,
)
# Capitals that stand right before a role are those of an institution: «White House official», «US State Department aides».
_INSTITUTION = re.compile(rf"(?:[A-ZÀ-Þ][\w.’'&-]*\s+)+(?={_ROLE}\b)")
_NAMED = re.compile(
    r"[A-ZÀ-Þ][\w.’'-]+(?: (?:da|de|del|della|di|dos|van|von|der|bin|al|el|ibn|[A-Z]\.))* [A-ZÀ-Þ][\w’'-]+"
    r"|[一-龥々]{2,5}(?:氏|首相|大臣|長官|報道官)"
)
# Decisions, loans and prisoners are issued and released, too.
_TEXT = (
    r"(?:statements?|reports?|releases?|papers?|communiqu[eé]s?|notices?|articles?|bulletins?|reviews?|stud(?:y|ies)|texts?"
    r"|figures|data|statistics|numbers|results|findings|details|transcripts?|documents?|lists?|videos?|photos?|online|on its)"
)
_REPORTED = re.compile(
    rf"\b(?:publish|report|wrote|writes)|\b(?:releas|issu|post)(?:e[ds]?|ing|ed|s)?\b(?=.*\b{_TEXT}\b)|\b{_TEXT}\b.*\b(?:releas|issu|post)ed\b"
    r"|報じ|発表|公表|掲載|発行",
    re.IGNORECASE,
)
# What stands before or after a day that is one of publication, or up to which something had come.
_PAPER = r"(?:article|edition|story|issue|piece|editorial|column|dispatch|bulletin|interview)"
_BEFORE_DAY = re.compile(
    rf"(?:\b(?:dated|as (?:of|at)|by|until)|\b{_PAPER} (?:of|from|on))[ (]*(?:the )?$", re.IGNORECASE
)
_AFTER_DAY = re.compile(
    rf"(?:['’]s)? {_PAPER}\b|\s*(?:[（(][月火水木金土日](?:曜日?)?[)）])?"
    r"(?:付(?!け?で)|号|配信|時点|現在|まで|の?(?:朝刊|夕刊|電子版|紙面|各紙|新聞|報道(?!官)|記事|社説))",
    re.IGNORECASE,
)
_OUTLET = (
    r"\b(?:newspaper|paper|daily|weekly|magazine|(?:news )?agency|broadcaster)\b|[紙誌]|新聞|通信|放送|テレビ"
)
_TOLD = r"said|says|carried|carries|ran|told|tells|noted|notes|described|quoted"
_TOLD_JA = re.compile("伝え|記し|書い|載せ|取り上げ|配信")


def currency(material: Material) -> Iterator[Finding]:
    """Yield what is old, undated, withdrawn, badly graded, or said by nobody in particular."""
    for section, block in material.brief.blocks():
        for excerpt, source in material.cited(block):
            yield from _flags(section, block, source)
            yield from _dating(section, block, source)
            yield from _age(material, section, block, source)
            yield from _grade(material, section, block, excerpt, source)
            yield from _speaker(section, block, excerpt)
    for section, block in material.prose():
        yield from _event(material, section, block)


def _flags(section: Section, block: Block, source: Source) -> Iterator[Finding]:
    if is_withdrawn(source.flags):
        yield finding("withdrawn", f"“{source.title}” was withdrawn.", section.id, block.id, (source.id,))
    if is_superseded(source.flags):
        newer = successor(source.flags)
        message = f"“{source.title}” was superseded{f' by “{newer}”' if newer else ''}."
        yield finding("superseded", message, section.id, block.id, (source.id,))
    if any(map(is_ai_flag, source.flags)):
        yield finding(
            "ai-written",
            f"“{source.title}” was written by a machine, or with its help.",
            section.id,
            block.id,
            (source.id,),
        )


def _dating(section: Section, block: Block, source: Source) -> Iterator[Finding]:
    if source.published.value is None:
        message = f"“{source.title}” has no publication date."
        yield finding("undated", message, section.id, block.id, (source.id,))
    elif source.published.basis is not Basis.EXPLICIT:
        message = f"The date of “{source.title}” is {source.published.basis}, not stated."
        yield finding("date-inferred", message, section.id, block.id, (source.id,))


def _age(material: Material, section: Section, block: Block, source: Source) -> Iterator[Finding]:
    limit, published = material.form.stale_days, source.published.value
    meeting = material.brief.meeting_date
    day = first_day(meeting) if meeting else material.today
    if published is not None and too_old(published, limit, day):
        told = in_words(published)
        message = f"“{source.title}” is of {told}, more than {limit} days before the meeting."
        yield finding("stale", message, section.id, block.id, (source.id,))


def _grade(
    material: Material, section: Section, block: Block, excerpt: Excerpt, source: Source
) -> Iterator[Finding]:
    least = material.form.least_grade
    if not least:
        return
    reliable = _RELIABILITY.index(source.reliability) <= _RELIABILITY.index(least[0])
    credible = len(least) == 1 or _CREDIBILITY.index(excerpt.credibility) <= _CREDIBILITY.index(least[1])
    if not (reliable and credible):
        message = f"“{source.title}” is graded {source.reliability}{excerpt.credibility}; the form asks for {least}."
        yield finding("low-grade", message, section.id, block.id, (source.id,))


def _speaker(section: Section, block: Block, excerpt: Excerpt) -> Iterator[Finding]:
    who = excerpt.speaker or ""
    if section.type in KEY_TYPES and _ANONYMOUS.search(who) and not _NAMED.search(_INSTITUTION.sub("", who)):
        message = f"A key message rests on “{who}”, who is not named."
        yield finding("anonymous", message, section.id, block.id, (excerpt.quote,))


def _event(material: Material, section: Section, block: Block) -> Iterator[Finding]:
    """Yield sentences that put a source's day of publication where the day of its event belongs."""
    if not any(source.event.value for _, source in material.cited(block)):
        return
    for sentence in sentences(block.markdown):
        for _, source in material.of(cited_ids(sentence)):
            published, event = source.published.value, source.event.value
            if not published or not event or published.startswith(event):
                continue
            words = uncited(sentence)
            named = tuple(days_at(words))
            told = [match for match, found in named if any(same(day, published) for day in found)]
            dated = any(same(day, event) for _, found in named for day in found)
            reported = dated or _REPORTED.search(words)
            if not reported and any(not _is_of_text(match, source.publisher) for match in told):
                message = f"“{source.title}” was published on that day; the event was on {in_words(event)}."
                yield finding("date-of-event", message, section.id, block.id, (sentence.strip(), source.id))


def _is_of_text(day: re.Match[str], publisher: str | None) -> bool:
    """Whether a day is told as that of a text: «the edition of 12 December», «The Post said on 12 December», 12月12日付."""
    before, after = day.string[: day.start()], day.string[day.end() :]
    if _BEFORE_DAY.search(before) or _AFTER_DAY.match(after):
        return True
    outlet = _by_outlet(publisher or "").search(before)
    return outlet is not None and (not outlet["topic"] or _TOLD_JA.search(after) is not None)


@lru_cache(maxsize=1024)
def _by_outlet(publisher: str) -> re.Pattern[str]:
    """Return the pattern of a paper that is named right before a day, or before what it told on that day."""
    name = f"(?:{re.escape(publisher)}|{_OUTLET})" if publisher else f"(?:{_OUTLET})"
    beside = rf"(?:['’]s)?(?: ?[,(（]\s*| of (?:the )?)|\b (?:{_TOLD})\b[^.;]{{0,30}}? on (?:the )?"
    return re.compile(rf"{name}(?:{beside}|[紙誌]?(?:の|(?P<topic>[はが]、?)))$", re.IGNORECASE)
