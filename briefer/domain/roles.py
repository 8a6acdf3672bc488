"""In which role a paragraph speaks of a place: by the words just before and after its name.

The rules are few, so that a person can foresee them: the name is a *source of risk* when something hostile
is said to be its own (China's export restrictions), directed at us by it (coercion by China), or when one
acts against it (counter Chinese …, reliance on China); a *third party* when it suffers somebody's war; a
*venue* when its capital is only where people meet (in Jakarta). Everything else is a partner.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefer.domain.tags import Role

_HOSTILE = (
    r"aggress\w+|assertive\w*|coerci\w+|threat\w*|invasion|invad\w+|hegemonic|dominance|expansionis\w+|provocat\w+|hostil\w+|espionage"
    r"|(?:cyber[- ]?)?attacks?|sabotage|disinformation|retaliat\w+|weaponi[sz]\w+|export (?:\w+ )?(?:restriction|control|ban|curb|licen)\w*"
    r"|(?:rare earth|export) (?:\w+ )?(?:restriction|control|ban|curb)\w*|restrictions? on exports?|tariffs?|protectionis\w+|boycott|embargo|unfair"
    r"|war\b(?! games)|nuclear(?:[- ]and|[- ]armed| weapon| threat| test| ambition)|missile (?:launch|test|threat)\w*|military (?:activit|build-?up|pressure|expansion|assertive)\w*"
    r"|(?:theft|stealing) of|subsid\w+|overcapacity|restricts?\b|restricted\b|economic pressure|grey-zone|gray-zone|incursion\w*|intrusion\w*"
)
# Words that end what is said to be somebody's own.
_BREAKS = r"(?:and|or|but|with|to|in|of|on|at|for|from|by|is|are|was|were|has|have|had|that|which|who|will|would|said|says)\b"
_OWN = re.compile(
    rf"^(?:'s|s'|-led|-made|-linked|-backed)?\s(?:(?!{_BREAKS})[\w'-]+\s){{0,5}}?(?:{_HOSTILE})",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^(?:,[^,.]{0,40},)?\s(?:on \w+day )?(?:has |have |had |is |are |was |were |recently |also |again |further |repeatedly )*"
    r"(?:boosted (?:tariffs|duties)|imposed|threaten\w*|invaded|restrict\w+|suspend\w+|retaliat\w+|attack\w+|seiz\w+|bann\w+|weaponi[sz]\w+|tighten\w+|cut off|coerc\w+|blockad\w+"
    r"|hack\w+|expand\w+ (?:its )?export (?:control|restriction)|introduced (?:licen\w+|export)|emerg\w+ as a (?:competitor|threat)|undermin\w+|filling the gap|helping north korea|being the key enabler)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:\bcounter(?:ing|ed|s|act|acting)?|\bdeter(?:ring|s)?|\bcontain(?:ing)?|\bcurb(?:ing)?|\bconfront(?:ing)?|\bagainst|\bdefen[cs]e from"
    r"|\b(?:threats?|coercion|pressure|attacks?|aggression|interference|espionage|risks?)(?: \w+)? (?:posed by|from|by)"
    r"|\bcoercion, (?:mainly|chiefly|especially|notably) by"
    r"|\b(?:tariff|protectionis|export restriction|export control)\w*(?: \w+){0,2} (?:of|by|from)"
    r"|\bsanctions? (?:on|against)|\bto prevent)"
    r"(?:\s(?:the|a|an|any|possible|further|growing|increasing\w*|repeated|foreign|specific))*\s?$",
    re.IGNORECASE,
)
_RELIANCE = re.compile(
    r"(?:\b(?:depend\w*|relian\w+|over-?relian\w+|rely|relies|relying|over-?depend\w*) (?:\w+ )?(?:up)?on"
    r"|\bde-?coupl\w+(?: from)?|\bde-?risk\w*(?: from)?|\bindependen\w+ (?:of|from))(?:\s(?:the|a single))?\s?$",
    re.IGNORECASE,
)
_SECURITY = re.compile(r"^\sfor (?:its|their|our) (?:national )?(?:security|defen[cs]e)\b", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:authoritarian|autocratic|nuclear-armed|hostile|adversar\w+|revisionist|aggressors?|rivals?|coercive)\b[^.;]{0,90}(?:\b(?:such as|namely|like|including|notably)|[:—–])\s$",
    re.IGNORECASE,
)
# What may stand between "such as" and one of the names that follow it.
_LIST = re.compile(r"(?:[A-Z][\w.'-]*,?\s|and\s|or\s|the\s|,\s)*$")
_SUFFERS = re.compile(
    r"\b(?:war|wars|invasion|conflict|aggression|assault|attack|hostilities|fighting)\s(?:in|of|against|on|inside)\s(?:the )?$|\b(?:invaded|invading|attacked)\s$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:in|at|near|outside|around|visit(?:ed|ing|s)? to|flew to|travel(?:l?ed|s|ling)? to|arriv\w+ in|held in|downtown|central)\s$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^(?:'s|s')?\s(?:government|administration|officials?|policy)", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex-|then-|onetime)\s?$", re.IGNORECASE)
_OFFICE = re.compile(
    r"^\s(?:prime minister|president|foreign minister|defen[cs]e minister|minister|ambassador|chancellor|leader|official|diplomat|governor|senator|lawmaker)",
    re.IGNORECASE,
)
_ALLIED = re.compile(r"^(?:'s)?\s(?:alliance|ally|allies|security treaty)\b|^同盟", re.IGNORECASE)
_AND = re.compile(r"^(?:,|,? and|,? or|/|-)\s?$")

_HOSTILE_JA = r"侵攻|侵略|威圧|脅威|攻撃|覇権|挑発|偽情報|影響工作|輸出規制|輸出管理|輸出制限|輸出許可|禁輸|関税|武器化|軍拡|軍事的圧力|圧力|強硬|報復|スパイ|窃取|不当|ミサイル発射|核実験|核開発|海洋進出|軍備増強|支配"
_OWN_JA = re.compile(
    rf"^(?:政府|当局|企業|軍|側)?(?:による|からの|の|が|は)[^。、]{{0,14}}?(?:{_HOSTILE_JA})"
)
_ON_JA = re.compile(
    r"^(?:政府|企業|市場|産|製)?(?:へ|に|から)?(?:の)?(?:過度な|過度の|過剰な|高い|輸入)?(?:依存|対抗|脱却)|^への(?:対抗|抑止|懸念|警戒)|^(?:依存|離れ)"
)
_SUFFERS_JA = re.compile(r"^(?:への|に対する|での|における)?(?:侵攻|侵略|戦争|紛争|有事|危機)")
_AT_JA = re.compile(r"^(?:市内|郊外)?(?:で(?!は|も|ある|の)|にて|において|での)")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A role; whether names joined before or after it take it over; whether an alliance outweighs it."""

    role: Role
    spreads_back: bool = False
    spreads_on: bool = False
    weak: bool = False


PARTNER = Judgement(Role.PARTNER)


def role_of(before: str, name: str, after: str, *, city: bool) -> Judgement | None:
    """Return the role, or None where the name is only part of somebody's former office.

    ``before`` and ``after`` are the text of the sentence around ``name``; ``city`` tells that the name is
    that of a capital, which stands for its government unless somebody is there.
    """
    if not name.isascii():
        return _japanese(after, city=city)
    if _FORMER.search(before) and _OFFICE.match(after):
        return None
    if _SUFFERS.search(before):
        return Judgement(Role.THIRD_PARTY)
    if city and _AT.search(before) and not _POSSESSIVE.match(after):
        return Judgement(Role.VENUE)
    return _hostile(before, after) or PARTNER


def _hostile(before: str, after: str) -> Judgement | None:
    risk = Role.SOURCE_OF_RISK
    if _OWN.match(after):
        return Judgement(risk, spreads_back=not after.startswith("'"))
    if _ACTS.match(after):
        return Judgement(risk, spreads_back=True)
    if _AGAINST.search(before) or _KIND.search(_LIST.sub("", before)):
        return Judgement(risk, spreads_on=True)
    if _RELIANCE.search(before) and not _SECURITY.match(after):
        return Judgement(risk, spreads_on=True, weak=True)
    return None


def _japanese(after: str, *, city: bool) -> Judgement:
    if _SUFFERS_JA.match(after):
        return Judgement(Role.THIRD_PARTY)
    if city and _AT_JA.match(after):
        return Judgement(Role.VENUE)
    if _OWN_JA.match(after) or _ON_JA.match(after):
        return Judgement(Role.SOURCE_OF_RISK, spreads_back=True)
    return PARTNER


def allied(after: str) -> bool:
    """Whether the name is followed by "alliance" or the like."""
    return bool(_ALLIED.match(after))


def joined(between: str) -> bool:
    """Whether two names with this between them are spoken of together ("China and Russia")."""
    return bool(_AND.match(between)) or between in {"、", "・", "と", "や", "及び", "および", "並びに"}
