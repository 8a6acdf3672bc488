"""The English half of `domain.roles`: cues, and what may stand between each and a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefer.domain.capitals import CAPITALS
from briefer.domain.matching import Match
from briefer.domain.mentions import (
    ACTING,
    OWNING,
    PARTNER,
    RELIED_ON,
    RIVAL,
    TARGET,
    THIRD_PARTY,
    VENUE,
    Judgement,
    Mention,
    Rule,
)  # fmt: skip

# Beginnings of words: what is hostile when it is somebody's own.
_OWN_WORDS = (
    "aggress", "assertive", "coerci", "threat", "invasion", "incursion", "intrusion", "hegemon", "dominance", "domination", "expansionis", "provocat", "hostil", "espionage", "spying", "spies", "attack",
    "cyberattack", "cyber-attack", "sabotage", "disinformation", "propaganda", "interference", "meddling", "influence operation", "influence campaign", "retaliat", "weaponi", "restriction", "restrictive",
    "export control", "export ban", "export curb", "export licen", "export halt", "export quota", "export suspension", "export limit", "curbs", "import ban", "tariff", "levies", "protectionis",
    "boycott", "embargo", "blockade", "unfair", "nuclear and", "nuclear-armed", "nuclear weapon", "nuclear threat", "nuclear test", "nuclear ambition", "nuclear arsenal", "nuclear program", "nuclear missile",
    "missile launch", "missile test", "missile threat", "missile program", "missile provocation", "ballistic missile", "military activit", "military buildup", "military build-up", "military pressure",
    "military expansion", "military assertive", "military exercise", "military drill", "military adventur", "military provocation", "theft", "stealing", "subsid", "overcapacity", "excess capacity", "overproduction",
    "dumping", "economic pressure", "political pressure", "pressure campaign", "grey-zone", "gray-zone", "grey zone", "gray zone", "bullying", "blackmail", "intimidation", "harassment", "monopol",
    "stranglehold", "chokehold", "hacking", "hacker", "unilateral", "excessive claim", "maritime claim", "annexation", "clampdown", "arm-twisting", "militarization", "militarisation", "malign", "destabili", "war", "wars",
    "shadow fleet", "shadow tanker", "shadow-fleet", "dark fleet", "ghost fleet",
)  # fmt: skip
# Beginnings of verbs: what is hostile when somebody does it.
_ACT_WORDS = (
    "boosted tariffs", "boosted duties", "raised tariffs", "raised duties", "hiked tariffs", "hiked duties", "impos", "slapp", "threaten", "invad", "annex", "restrict", "suspend", "halt", "retaliat", "attack", "seiz",
    "bann", "weaponi", "tighten", "cut off", "cutting off", "choke off", "coerced", "coerces", "coercing", "blockad", "hack", "stole", "steal", "infiltrat", "interfer", "meddl", "violat", "intrud", "encroach", "provok", "pressur",
    "bullie", "bullying", "intimidat", "harass", "rammed", "ramming", "dominate", "dominating", "monopoli", "undermin", "destabili", "challenging the", "challenges the", "challenged the", "fired", "launched a missile", "launched missile",
    "launched ballistic", "launched a ballistic", "test-fir", "filling the gap", "fill the gap", "exploit", "spreading disinformation", "spread disinformation", "introduced licen", "introduced export",
    "introduced new export", "introduced restrictions", "introduced curbs", "expanded export", "expanded its export", "expanding export", "expanding its export", "emerged as a competitor", "emerged as a threat",
    "emerging as a threat", "helping north korea", "being the key enabler", "dismantl", "pose a", "poses", "posed", "posing", "detain", "escalat", "supplying weapons", "supplied weapons",
)  # fmt: skip
_AGAINST_WORDS = (
    "counter", "deter", "contain", "curb", "confront", "against", "defence from", "defense from", "threat", "challenge", "danger", "coercion", "pressure", "bullying", "attack", "cyberattack", "cyber-attack", "aggression", "interference", "espionage", "risk",
    "tariff", "protectionis", "export restriction", "export control", "sanction", "invasion", "blockade", "annexation", "occupation", "seizure", "shelling", "bombardment", "assault", "prevent", "standing up to", "stand up to", "wary of", "vigilan", "keep pace with", "alarm", "caution", "concern", "worr", "unease", "fear",
)  # fmt: skip
_CUT_WORDS = (
    "cut",
    "cuts",
    "cutting",
    "shut off",
    "shutting off",
    "turned off",
    "turning off",
    "withheld",
    "withhold",
    "slash",
    "choked off",
)
_HIDDEN_WORDS = ("undocumented", "undisclosed", "unexplained", "unauthori", "hidden", "rogue")
_PLANTED_WORDS = ("backdoor", "back door", "kill switch", "spyware", "malware")
_RELIANCE_WORDS = (
    "depend", "overdepend", "over-depend", "relian", "overrelian", "over-relian", "rely", "relies", "relying", "decoupl", "de-coupl", "derisk", "de-risk", "independen", "diversif", "shift", "mov", "break",
    "wean", "exposure", "exposed", "vulnerab",
)  # fmt: skip
_KIND_WORDS = ("authoritarian", "autocra", "nuclear-armed", "hostile", "adversar", "revisionist", "aggressor", "rival", "coercive", "of concern", "threat actor", "competitor", "malign")  # fmt: skip
_RIVALRY_WORDS = ("rivalr", "confrontation", "struggle", "trade war", "tech war", "trade conflict", "trade friction", "trade dispute", "tension", "competition", "standoff", "stand-off", "feud", "spat", "decoupling", "conflict", "row")  # fmt: skip
_SUFFER_WORDS = ("war", "wars", "invasion", "invad", "conflict", "aggression", "assault", "attack", "hostilities", "fighting", "crisis", "coup", "ceasefire", "occupation")  # fmt: skip
_PRESENCE_WORDS = ("waters", "airspace", "island", "strait", "territor", "zone", "senkaku", "coast")
_STIRRING_WORDS = ("drawn", "drew", "raised", "prompted", "sparked", "triggered")
_VICTIM_WORDS = ("threat", "challenge", "harm to", "damage to", "danger to", "blow to")

# Words that end what is said to be somebody's own or its act.
_BREAKS = (
    r"(?:and|or|but|with|to|in|of|on|at|for|from|by|is|are|was|were|be|been|has|have|had|that|which|who|will|would|said|says|against|over|amid|about"
    r"|after|as|into|towards?|under|than|while|when|if|not|calls?|called|warn\w*|condemn\w*|criticis\w*|criticiz\w*|seeks?|sought|faces?|facing|faced|victims?|fears?|feared|worr(?:y|ies|ied)|suspects?|suspected|accus\w+|denounc\w+|reject\w+|blam\w+|oppos\w+|resist\w*|detect\w*|track\w*|monitor\w*|board\w+"
    r"|responds?|exports|the|an?|its|their|shares?|shared|anti|counter)\b"
)
_OWN_GAP = re.compile(
    rf"(?:'s|s'|-led|-made|-linked|-backed|-style|-sponsored)?\s(?:(?!{_BREAKS})[\w'-]+,?\s){{0,5}}"
)
# What turns a hostile word into its opposite, or into talk about it.
_TALK = re.compile(
    r"[\w-]*[\s-](?:negotiat|talks|deal\b|agreement|truce|relief|exempt|response|concern|fears|victim|defen[cs]e|deterren|reduction|cuts?\b|pact|mitigation"
    r"|assessment|intelligence|research|awareness|protection|reform|games|memorial|effort)|\w* by\b"
)
_HELPING = (
    r"(?:(?:has|have|had|is|are|was|were|be|been|could|may|might|can|would|will|should|on \w+day|in \w+|recently|also|again|further|repeatedly|now"
    r"|since|already|then|newly|sharply|effectively|reportedly|increasingly"
    r"|(?:seeks?|seeking|sought|begun|began|begins|continues?|continued|continuing|moved|moves|moving|decided|vowed|plans|planned|planning|tried|tries|trying"
    r"|started|starts|threatens?|threatened|threatening|keeps?|kept|ready|able|willing)(?: to)?)\s)"
)
_ACT_GAP = re.compile(rf"(?:,[^,.]{{0,40}},)?(?:'s|s')?\s(?:(?!{_BREAKS})[\w'-]+\s){{0,3}}?{_HELPING}{{0,5}}")
_NO_ACT = re.compile(r"\w* (?:(?:\w+ )?sanctions|by\b)")
# To suspend a tariff is no threat.
_RELIEF = re.compile(
    r"(?:suspend|halt)\w*(?: [\w'-]+){0,6}? (?:tariff|levies|dut|restriction|curbs|sanction|export control|ban\b)"
)
# To cut supplies is hostile where it is told to whom: a producer may cut its output for its own sake.
_SUPPLIES_TO = re.compile(
    r"\w*(?: off)?(?: [\w'-]+){0,3}? (?:suppl|exports?\b|shipment|deliver|flows?\b|gas\b|oil\b|power\b|electricity\b|access\b)\w*(?: of [\w-]+(?: [\w-]+)?)? (?:to|from) (?:the )?"
)
_MADE = re.compile(
    r"\b(?:built|made|manufactured|produced|assembled|supplied|bought|imported) (?:in|by|from)\s(?:the )?$"
)
_MADE_GAP = re.compile(r"[^.;]{0,110}(?:\.\s[^.;]{0,100})?")
_MADE_BY_GAP = re.compile(
    r"(?:-(?:made|built|manufactured|supplied|produced))[^.;]{0,110}(?:\.\s[^.;]{0,100})?"
)
_PART = re.compile(
    r"\w* (?:[\w-]+ ){0,2}?(?:modem|device|component|chip|radio|equipment|module|software|code\b|antenna|channel|transmitter|function|connection)"
)
_NO_PART = re.compile(r"\b(?:no|not|without|never|any)(?: \w+)? $")
_STIRRING_GAP = re.compile(r"(?:'s)?,? which (?:has |have |had )?")
_ALARM = re.compile(r" (?:\w+ ){0,3}(?:warning|concern|alarm|criticism|worr|fears|backlash|anxiet)")
_PRESENT = re.compile(
    r"(?:'s)?\s(?:[\w-]+\s){0,3}?(?:military|navy|naval|coast guard|vessels?|ships?|warships?|aircraft|planes?|bombers?|jets?|fighters?|drones?|troops|carriers?"
    r"|submarines?|boats?|balloons?)\b[^.;]{0,60}\b(?:near|around|into|off|within|enter\w*|approach\w*|through|over|in)\b[^.;]{0,40}"
)
_ARTICLES = (
    r"(?:\s(?:the|a|an|any|possible|further|growing|increasing\w*|repeated|foreign|specific|alleged|potential|perceived|future|rising"
    r"|both|unspecified|state-sponsored|state-backed))*\s?$"
)
_DEED = r"(?:invasion|blockade|annexation|occupation|seizure|shelling|bombardment|assault|aggression|(?:cyber-?)?attacks?|coercion|interference|espionage|pressure)"
_AGAINST = re.compile(
    r"(?:counter(?:ing|ed|s|act|acting|balance|balancing)?|deter(?:ring|s)?|contain(?:ing)?|curb(?:ing)?|confront(?:ing)?|against|defen[cs]e from"
    r"|(?:threats?|challenges?|risks?|dangers?)(?: \w+)? (?:posed by|from|by)|(?:coercion|(?:cyber-?)?attacks?|aggression|interference|espionage|pressure|bullying)(?: \w+)? (?:posed by|from|by)"
    rf"|{_DEED} (?:of|on|against|in) (?:(?!(?:was|were|is|are|been|has|have|and|but|or|\w+ed) )[\w'-]+ ){{1,5}}?by"
    r"|coercion, (?:mainly|chiefly|especially|notably) by|(?:tariff|protectionis|export restriction|export control)\w*(?: \w+){0,2} (?:of|by|from)"
    r"|(?:containment|deterrence) of|stand(?:ing)? up to|wary of|vigilan\w+ (?:against|about)|keep pace with"
    r"|(?:concerns?|alarm|caution|worr\w+|unease|fears?) (?:about|over)|sanctions? (?:on|against)|prevent)"
    + _ARTICLES
)
_RELIANCE = re.compile(
    r"(?:(?:depend\w*|relian\w+|over-?relian\w+|rely|relies|relying|over-?depend\w*) (?:\w+ ){0,2}?(?:up)?on(?: \w+ from)?"
    r"|de-?coupl\w+(?: from)?|de-?risk\w*(?: from)?|independen\w+ (?:of|from)|(?:diversif\w+|shift\w*|mov\w+|break\w*) away from|wean\w* (?:\w+ ){0,2}(?:off|from)"
    r"|(?:exposure|exposed|vulnerab\w+) to)(?:\s(?:the|a single|imports from|supplies from|imported|cheap))*\s?$"
)
_SECURITY = re.compile(r"\sfor (?:its|their|our) (?:\w+ )?(?:security|defen[cs]e)\b")
_KIND = re.compile(r"[^.;]{0,90}(?:\b(?:such as|namely|like|including|notably)|[:—–])\s?$")
_RIVALRY_GAP = re.compile(
    r"(?:'s)?\s(?:(?:strategic|economic|trade|tech\w*|great-power|hegemonic|geopolitical|military|security|intensifying|ongoing)\s){0,3}"
)
_PAIRED = re.compile(r"[a-z.][-–/]$|\b(?:and|versus|vs\.?)\s$")
_BETWEEN = re.compile(r"[^.;]{0,60}?\bbetween\s?$")
# What may stand between "such as" or "between" and one of the names that follow it.
_LIST = re.compile(
    r"(?:(?:[A-Z][\w.'-]*|and|or|the|both|on (?:the )?(?:one|other) hand|on (?:the )?(?:one|other)),?\s)+$"
)
_SUFFERS = re.compile(
    r"(?:wars?|invasion|conflict|aggression|assault|attacks?|hostilities|fighting|crisis|coup|ceasefire|occupation)\s(?:in|of|against|on|inside)\s(?:the )?$"
    r"|(?:invaded|invading|attacked|invade)\s$"
)
_VICTIM = re.compile(r"(?:threats?|challenges?|harm|damage|danger|blow) to\s(?:the |both )?$")
_AT = re.compile(
    r"\b(?:in|at|near|outside|around|visit(?:ed|ing|s)? to|flew to|travel(?:l?ed|s|ling)? to|arriv\w+ in|downtown|central)\s$"
)
_HELD = re.compile(
    r"\b(?:held|convened|taking place|took place|takes place|gathered|gathering|summit|hosted|met|meet|meets|meeting|talks|conference|forum) in\s$"
)
# "met in Geneva, Switzerland": the country only tells where the city is.
_IN_CITY = re.compile(r"\b(?:in|at|near|outside)\s(?P<city>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,2}),\s$")
_MET = re.compile(
    r"\b(?:met|meet|meets|meeting|meetings|held|convened|took place|taking place|gathered|gathering|summit|conference|forum|talks|session|hosted|signed|spoke|speaking|seminar)\b"
)
_POSSESSIVE = re.compile(r"(?:'s|s')?\s(?:government|administration|officials?|policy)")
_FORMER = ("former ", "ex-", "then-", "onetime ")
_OFFICE = re.compile(
    r"\s(?:prime minister|president|foreign minister|defen[cs]e minister|minister|ambassador|chancellor|leader|official|diplomat|governor|senator|lawmaker)"
)
_LIST_REACH = 120
_CITY_REACH = 120
_CONTEST = re.compile(r"(?:victory|win|effort|match|game|goals?|lawsuit|case|\d)\s$")
_AFFAIR = re.compile(r"\s(?:polic|war\b|crisis|situation|aid\b|conflict|trade deal)")
# Names that persons bear too, and what may follow them all the same.
_PERSONS = frozenset(
    {"Jordan", "Chad", "Georgia", "Israel", "Kenya", "Cyprus", "Modi", "Carney", "Kallas", "Lula", "Albanese"}
)
_PROPER = re.compile(
    r" (?!(?:President|Prime|Foreign|Defen[cs]e|Finance|Trade|Minister|Ministry|Government|Administration|King|Queen|Crown|Premier|Chancellor|Ambassador"
    r"|Embassy|Army|Navy|Parliament|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec|D|Mayor|Summit|Declaration|Forum|Security)\b)[A-Z][a-z]+"
)
_TITLED = re.compile(r"\b(?:mr|ms|mrs|dr|miss|sir)\.? $")


def plain(it: Mention) -> Judgement | None:
    """Return the role that needs no cue: a venue or a partner; None for somebody's former office."""
    near = it.before(20)
    # The Vienna Convention is not Austria's, and Jordan Smith is no kingdom.
    if (it.city or it.text[it.start : it.end] in _PERSONS) and (
        _PROPER.match(it.text, it.end, it.high) or _TITLED.search(near)
    ):
        return None
    if near.endswith(_FORMER) and _OFFICE.match(it.small, it.end, it.high):
        return None
    if not near.endswith(" "):
        return PARTNER
    if near.endswith(", ") and _locates_city(it):
        return VENUE
    if it.city and _AT.search(near) and not _POSSESSIVE.match(it.small, it.end, it.high):
        return VENUE
    return VENUE if near.endswith(" in ") and _HELD.search(near) else PARTNER


def _locates_city(it: Mention) -> bool:
    low = max(it.low, it.start - _CITY_REACH)
    found = _IN_CITY.search(it.text, low, it.start)
    if found is None:
        return False
    sentence = it.small[low : found.start()].rpartition(". ")[2]
    return found["city"] in CAPITALS or _MET.search(sentence) is not None


def _of_another(it: Mention, cue: Match[Rule]) -> bool:
    """Whether another place stands before the cue, and this name is no "…'s", "…, …," or adjective that could span it."""
    return it.noun and it.reach < cue.start and not it.small.startswith(("'", ","), it.end)


def _own(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start <= it.end or _of_another(it, cue) or not _OWN_GAP.fullmatch(it.small, it.end, cue.start):
        return None
    if _TALK.match(it.small, cue.end, it.high):
        return None
    return OWNING if it.small.startswith("'", it.end) else ACTING


def _act(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start <= it.end or _of_another(it, cue) or not _ACT_GAP.fullmatch(it.small, it.end, cue.start):
        return None
    harmless = _NO_ACT.match(it.small, cue.end, it.high) or _RELIEF.match(it.small, cue.start, it.high)
    return None if harmless else ACTING


def _cut(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start <= it.end or not _ACT_GAP.fullmatch(it.small, it.end, cue.start):
        return None
    told = _SUPPLIES_TO.match(it.small, cue.end, it.high)
    return ACTING if told and it.text[told.end() : told.end() + 1].isupper() else None


def _hidden(it: Mention, cue: Match[Rule]) -> Judgement | None:
    """Judge the maker of things in which parts were found that nobody had told of."""
    return _planted(it, cue) if _PART.match(it.small, cue.end, it.high) else None


def _planted(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start <= it.end or _NO_PART.search(it.small, it.end, cue.start):
        return None
    made = _MADE.search(it.before(24)) and _MADE_GAP.fullmatch(it.small, it.end, cue.start)
    made = made or _MADE_BY_GAP.fullmatch(it.small, it.end, cue.start)
    return OWNING if made else None


def _against(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start >= it.start or not _AGAINST.match(it.small, cue.start, it.start):
        return None
    if _CONTEST.search(it.small, max(it.low, cue.start - 12), cue.start) or _AFFAIR.match(it.small, it.end):
        return None
    # Pressure from somebody "to" do more is that of a friend.
    urged = it.small.startswith("pressure", cue.start) and it.small.startswith(" to ", it.end)
    return None if urged else TARGET


def _reliance(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start >= it.start or not _RELIANCE.match(it.small, cue.start, it.start):
        return None
    return None if _SECURITY.match(it.small, it.end, it.high) else RELIED_ON


def _kind(it: Mention, cue: Match[Rule]) -> Judgement | None:
    return TARGET if cue.start < it.start and _KIND.match(it.small, cue.end, _listed(it)) else None


def _rivalry(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start > it.end:
        paired = _PAIRED.search(it.before(8)) and _RIVALRY_GAP.fullmatch(it.small, it.end, cue.start)
        return RIVAL if paired else None
    return RIVAL if _BETWEEN.match(it.small, cue.end, _listed(it)) else None


def _suffers(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start > it.end:
        ahead = it.noun and cue.start == it.end + 1 and it.small[it.end] == " "
        return THIRD_PARTY if ahead else None
    return THIRD_PARTY if _SUFFERS.match(it.small, cue.start, it.start) else None


def _presence(it: Mention, cue: Match[Rule]) -> Judgement | None:
    return ACTING if cue.start > it.end and _PRESENT.fullmatch(it.small, it.end, cue.start) else None


def _stirring(it: Mention, cue: Match[Rule]) -> Judgement | None:
    stirs = cue.start > it.end and _STIRRING_GAP.fullmatch(it.small, it.end, cue.start)
    return ACTING if stirs and _ALARM.match(it.small, cue.end, it.high) else None


def _victim(it: Mention, cue: Match[Rule]) -> Judgement | None:
    return PARTNER if cue.start < it.start and _VICTIM.match(it.small, cue.start, it.start) else None


def _listed(it: Mention) -> int:
    """Return where the list of names begins in which this one stands."""
    low = max(it.low, it.start - _LIST_REACH)
    found = _LIST.search(it.text, low, it.start)
    return found.start() if found else it.start


def _cues(*groups: tuple[Iterable[str], Rule]) -> Iterator[tuple[str, Rule]]:
    return ((word, rule) for words, rule in groups for word in words)


CUES: tuple[tuple[str, Rule], ...] = tuple(
    _cues(
        (_OWN_WORDS, _own),
        (_ACT_WORDS, _act),
        (_CUT_WORDS, _cut),
        (_HIDDEN_WORDS, _hidden),
        (_PLANTED_WORDS, _planted),
        (_AGAINST_WORDS, _against),
        (_RELIANCE_WORDS, _reliance),
        (_KIND_WORDS, _kind),
        (_RIVALRY_WORDS, _rivalry),
        (_SUFFER_WORDS, _suffers),
        (_PRESENCE_WORDS, _presence),
        (_STIRRING_WORDS, _stirring),
        (_VICTIM_WORDS, _victim),
    )
)
"""Beginnings of words, in small letters, with the rule that hangs on each."""
