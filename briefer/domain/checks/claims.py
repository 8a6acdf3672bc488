"""What in a text needs a source: figures, dates, names of people, and what others are said to have said.

What only looks like it is left alone: numbers of points and paragraphs, terms in quotation marks, offices, countries and
organisations, questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from briefer.domain.citations import cited_ids

POINTS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)")
"""What parts the paragraphs and list items of a text."""

_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.](?=\w)[^.!?。！？\n]+)*[.!?。！？]?(?:\s*\[[^\]]*@[^\]]*\])*")
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    "|Sept?|Oct|Nov|Dec"
)
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMBER = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    "|eighty|ninety|hundred"
)
_PLACES = (
    "point|item|section|paragraph|para|page|article|annex|option|step|question|chapter|footnote|note|tab|part|phase|slide"
    "|table|figure|no"
)
_OF_TALKS = "point|side|item|issue|question|topic|thing|matter|area|message|option|step|minute|page|paragraph"
# Marks of lists, targets of links, code, numbers of points and paragraphs: nothing that anybody claims.
_SIGNS = re.compile(
    r"^\s*(?:[-*+]|\d+[.)])\s+|(?<=\])\([^)\s]*\)|<https?://[^>]*>|https?://\S+|`[^`\n]*`", re.IGNORECASE
)
_NUMBERED = re.compile(
    rf"\b24/7\b|\b(?:{_PLACES})s?\.? \d+(?:[.–-]\d+)*(?:(?:,| and| to) \d+)*|\b\d+ (?:{_OF_TALKS})s?\b",
    re.IGNORECASE,
)
SAID = "said|told|warned|stated|claimed|accused|denied|announced|pledged|declared|argued|insisted"
# A figure of two digits and more; not one in a name (G20, COVID-19).
_COUNTED_OR_DATED = re.compile(r"(?<![A-Za-z\d.,-])\d[\d.,]*\d(?![A-Za-z]{2})")
_ENGLISH = re.compile(
    # A figure with a unit.
    r"\d\s?(?:%|per ?cent|percentage|million|billion|trillion|thousand|bn\b|tn\b|times\b)|[$€£¥]\s?\d"
    r"|(?<![A-Za-z\d.,-])\d [a-z]+s\b"
    rf"|\b(?:{_NUMBER})[ -](?:per ?cent|percentage|million|billion|trillion|thousand|hundred|times)\b"
    rf"|\b(?:{_NUMBER})-?fold\b|\b(?:a|one|two|three)[ -](?:third|quarter|fifth|tenth)s?\b"
    rf"|\bhalf (?:of|the|its|their|all)\b|\b(?:one|two|three|four) in (?:{_NUMBER}|\d)|\b(?:majority|minority) of\b"
    rf"|\b(?:{_NUMBER})-(?:year|month|week|decade) (?:high|low|record|peak)\b"
    r"|\b(?:doubled|trebled|tripled|quadrupled|halved)\b"
    # A date.
    rf"|\b(?:{_MONTH})\.? \d|\d(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b|\b(?:on|since|last) {_DAY}\b"
    rf"|\b(?:in|since|until|by|from|of|last|next|early|late|mid)[ -](?:{_MONTH})\b"
    # A quotation: with its own stop, of three words and more, or beside a word of saying; one or two are a term.
    r"|[“\"‘][^”\"’\n]*[.,!?][”\"’]|[“\"‘][^\s”\"’]+(?:\s+[^\s”\"’]+){2}"
    rf"|(?<!so-)(?<!so )\b(?:{SAID}|says|calls?|called|described?)\b[^.“\"‘]{{0,30}}[“\"‘]|[”\"’],? (?:\w+ ){{1,3}}(?:{SAID}|says)\b"
    # What others are said to have said.
    r"|\b[Aa]ccording to (?!(?:our|the (?:agenda|programme|plan|schedule))\b)"
    rf"|\b(?!I\b|We\b|You\b|It\b|This\b|That\b|As\b|What\b|Who\b)[A-Z][\w’'-]+ (?:{SAID})\b"
    rf"|\b(?i:officials?|ministry|government|spokes(?:man|woman|person)|minister|president|sources?) (?:\w+ )?(?:{SAID})\b"
)
# What is a claim, but not where somebody says what they themselves do, want or would do.
_COUNTED = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_COUNT = rf"{_COUNTED}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?"
_OF_OURS = rf"{_OF_TALKS}|thought|reason|way|goal|aim|line|track|theme|pillar|principle|priorit\w+|request|ask|proposal|remark|word|part|scenario|case|kind|sort|type|countrie|government|partner"
_SAYING = "says|warns|insists|denies|claims|argues|accuses|maintains"
_DONE = (
    "accused|agreed|approved|backed|banned|blamed|blocked|condemned|criticised|criticized|declined|demanded|deployed|expelled"
    "|imposed|launched|met|ordered|praised|promised|proposed|ratified|refused|rejected|resigned|signed|summoned|suspended"
    "|threatened|urged|vetoed|visited|vowed|withdrew"
)
_OTHERS = re.compile(
    # A number in words before what is counted; not that of the two sides, of our three points.
    r"(?<!\bthe )(?<!\bour )(?<!\bits )(?<!\byour )(?<!\btheir )(?<!\bthese )(?<!\bthose )(?<!\ball )(?<!\bnext )"
    rf"\b(?i:{_COUNT})(?: (?!(?:[a-z-]+ ){{0,2}}(?:{_OF_OURS})s?\b)(?:[a-z-]+ ){{0,2}}?(?:[a-z-]{{2,}}s|people|men|women|children)\b|(?: of (?:the|those|them|its|their)\b))"
    r"|\b(?i:a|several|two|three) dozen\b|\b(?i:dozens|scores|hundreds|thousands|millions|billions) of\b"
    # A day that is told from today.
    r"|\b(?i:yesterday|last (?:night|week|month|year|spring|summer|autumn|fall|winter|quarter|decade|century)"
    r"|(?:earlier|later) this (?:week|month|year)|(?:days|weeks|months|years) ago|on the \d{1,2}(?:st|nd|rd|th)"
    r"|(?:at|by|since|until|before) the (?:end|start|beginning|middle) of (?:the|this|last) (?:week|month|quarter|year|decade|century))\b"
    # What somebody with a name says or has done, at the beginning too.
    r"|\b(?!It\b|This\b|That\b|As\b|What\b|Who\b|Which\b|They\b|Both\b|All\b|Some\b|Many\b|Most\b|Ministers\b|Leaders\b"
    r"|Governments\b|Countries\b|Partners\b|Parties\b|Nobody\b|Everybody\b|Once\b|If\b|Not\b|The\b)"
    rf"[A-Z][\w’'-]+ (?:(?:{_SAYING})\b|(?:(?:has|have|had) )?(?:{_DONE})\b)"
)
_LETTERS = re.compile(r"[a-z]+")
# The words without one of which no sentence is looked at for these, nor for numbers of points: a look-up costs less than a search.
_CUES = frozenset(
    f"{_COUNTED}|{_SAYING}|{_DONE}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|dozens|scores|hundreds|thousands"
    "|millions|billions|yesterday|last|earlier|later|ago|st|nd|rd|th|end|start|beginning|middle".split("|")
)
_NUMBERED_CUES = frozenset(
    f"{word}{plural}" for word in f"{_PLACES}|{_OF_TALKS}".split("|") for plural in ("", "s")
)
_OWN_VOICE = re.compile(
    r"^\W*(?:we|i|our|let|please|you|your|thank|may|as you know)\b|\b(?:we|us|should|shall|would|could|might|hope|wish|want)\b",
    re.IGNORECASE,
)
# A person: after a title, or two words with capitals within a sentence.
_PERSON = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Sir|Lord|Prof|President|Chancellor|Minister|Premier|Secretary|Ambassador|Commissioner|Governor|Senator"
    r"|General|Admiral|Director|Chair(?:man|woman)|King|Queen|Pope)\.? (?P<titled>[A-Z][a-zà-ÿ’']+(?:-[A-Z]?[a-zà-ÿ’']+)*)(?! of\b)"
    r"|(?<=[a-z,;] )(?P<named>[A-Z][a-zà-ÿ’']+(?:-[A-Z]?[a-zà-ÿ’']+)*(?: [A-Z][a-zà-ÿ’']+(?:-[A-Z]?[a-zà-ÿ’']+)*)+)"
)
_CAPITAL = re.compile(r"[a-z,;.] [A-Z]")
# A name with one of these words is of an office, a body, a place or a text.
_NO_PERSON = re.compile(
    r"\b(?:"
    r"Act|Affairs|African|Agency|Agreement|Alliance|Ambassador|American|Annex|Arab|Asian|Assembly"
    r"|Association|Authority|Bank|Bay|Board|Britain|Business|Cabinet|Central|Chair|Chancellor|Charter"
    r"|Chief|City|Civil|Commission|Commissioner|Committee|Community|Conference|Convention|Cooperation"
    r"|Corporation|Council|Court|Declaration|Defence|Defense|Delhi|Department|Development|Dialogue"
    r"|Director|East|Eastern|Economic|Economy|Embassy|Energy|Environment|European|Executive|Fair|Federal"
    r"|Finance|Force|Foreign|Forum|Foundation|Framework|Free|Fund|General|Government|Governor|Great|Group"
    r"|Gulf|High|Home|Hong|House|Human|Indian|Industry|Initiative|Institute|International|Investment"
    r"|Island|Islands|Japanese|Joint|King|Kingdom|Korea|Law|League|Line|Mechanism|Memorandum|Middle"
    r"|Minister|Ministerial|Ministers|Ministry|Monetary|National|Nations|New|North|Northern|Ocean|Office"
    r"|Organisation|Organization|Oversight|Pacific|Pact|Panel|Parliament|Partnership|Party|Peace|Permanent"
    r"|Plan|Police|Policy|President|Prime|Programme|Project|Protocol|Quad|Queen|Regional|Register"
    r"|Regulation|Relations|Representative|Republic|Research|Resources|Road|Sea|Secretariat|Secretary"
    r"|Security|Senate|Senior|Single|South|Southern|State|States|Strait|Strategic|Strategy|Summit|Supply"
    r"|Supreme|System|Task|Technology|Trade|Treasury|Treaty|Union|United|University|Vice|Wall|West|Western"
    r"|White|World|Zealand"
    r")\b"
)
_FIGURE = "[〇零一二三四五六七八九十百千]"
_MORE = "[〇零二三四五六七八九十百千数]"
_FIRST = "(?<![第〇零一二三四五六七八九十百千])"
_JAPANESE = re.compile(
    # Figures and dates in either script; not the number of a meeting or point (第三回).
    r"(?:令和|平成|昭和|大正|明治)(?:\d|元|[一二三四五六七八九十])"
    r"|(?<![第\d.-])\d[\d.,]*(?:年|月|日|割|倍|億|万|千|兆|人|名|社|[カかヵヶケ箇]国|件|回|円|ドル|ユーロ|トン|隻|機|歳|分の|[かカヵヶケ]月|パーセント|ポイント)"
    rf"|{_FIRST}{_FIGURE}+(?:割|億|万(?!一)|兆|%|パーセント|分の[一二三四五六七八九十])"
    rf"|{_FIRST}{_FIGURE}+月(?!並|晴|後(?!半))"
    # 一 alone counts seldom: 一日も早く, 一度, 一人ひとり.
    rf"|{_FIRST}(?:{_MORE}{_FIGURE}*|{_FIGURE}+{_MORE})(?:年(?!来|の計)|倍|人(?!三脚)|名|社|[カかヵヶケ箇]国|件|回|円|ドル|ユーロ|トン|隻|歳|日(?![市月酔]))"
    r"|半減|倍増|過?半数"
    # A day that is told from today, and who reported; not thanks for a visit, nor what is hoped for.
    r"|(?:昨日|一昨日|昨夜|今朝|先週|先月|昨年|昨春|昨夏|昨秋|昨冬)(?![^。]*(?:感謝|歓迎|御礼|お礼|たい))[^。]*(?:た|ている)(?=。|$)"
    r"|(?:報道|関係者|筋|通信|新聞|紙|発表|統計|調査|推計|報告書?|高官|情報)によ(?:ると|れば)"
    # A quotation, and what others are said to have said. What is only called so is a term.
    r"|[」』](?:など)?と(?!の(?:概念|考え|理念|構想|名称)|い[うっ]|は何|して|呼|称)|。[」』]"
    r"|(?:述べ|語っ|表明し|発表し|否定し|批判し|主張し|明らかにし|警告し|報じ)(?:た|て(?:いる|いた))(?=[。が、]|と(?!おり)|$)"
    r"|[一-龥々ァ-ヺー・]{2,}氏"
)
# What a sentence of intent states nevertheless: something that is or was so, and words of somebody.
_ASKED = re.compile(r"\b(?:whether|if|when|until|once|what|who|how)\b[^,;]*", re.IGNORECASE)
_STATED = re.compile(
    r"\b(?:is|are|was|were|has|had|have (?:been|\w+e[dn])|rose|fell|grew|became|stands|stood|sank|won|lost|began|met|came|went"
    rf"|makes?|made|paid|held|{SAID}|says)\b"
    r"|\b(?!(?:need|proceed|exceed|succeed|indeed|hundred|feed|speed|united)\b)[A-Za-z]+ed"
    r" (?:by|to|from|at|in|on|that|since|last|over|between|nearly|almost|about|more|some|\d)\b"
    r"|[“\"‘][^\s”\"’]+(?:\s+[^\s”\"’]+){2}"
)
_STATED_JA = re.compile(
    r"(?:た|だった|ている|ていた|である|であった|でいる)(?=[。、]|$|こと|ため|が|ので|との|旨)|[」』](?:など)?と"
)
# How an order to somebody begins, in points to make: «Ask for the list by March.»
_ORDER = re.compile(
    r"(?:\W*)(?:(?:please|also|then|do not|don[’']t|never) )?(?:agree|ask|call|confirm|encourage|explore|express|invite|look|mention"
    r"|note|obtain|offer|press|propose|raise|recall|reaffirm|recommend|request|secure|seek|set|stress|suggest|thank|underline"
    r"|urge|use|welcome|avoid|emphasise|emphasize|push|repeat|remind|sound|find|get|tell|point|keep|continue)\b",
    re.IGNORECASE,
)
# A sentence in which its authors say what they wish or propose, and name nothing that is so: «We would welcome the list by
# March.» What they promise needs a source as what they state does: somebody has to stand for it.
_OWN_WISH = re.compile(
    r"\W*(?:(?:and|but|so|also|then|therefore|finally|in return),? )?(?:we|i)(?:[’']d\b| (?:also |still |therefore |very much )?"
    r"(?:would|should|could|hope|wish|want|propose|look forward|ask|invite|suggest)\b)"
    r"(?!.*\b(?:that|what|which|who|because|since|as|after|while|although|given)\b)",
    re.IGNORECASE,
)
_OWN_WISH_JA = re.compile(
    r"(?:たい(?:と(?:考え|思)[^。、]*)?|(?:所存|つもり)(?:である|です|だ)?|ようお願い(?:する|します|したい|申し上げ[^。]*))。?$"
)
# Whose wish it is where it is somebody else's.
_OTHERS_JA = re.compile(r"(?:氏|首相|大統領|主席|外相|大臣|長官|政府|省|社|国|側|者)(?:は|が|も|として)")
_OFFICE_JA = "首相|大統領|外相|国防相|防衛相|財務相|経産相|国家主席|総書記|書記長|国務長官|長官|議長|委員長|報道官|大臣|外交部長|会長|社長"
_PERSON_JA = re.compile(
    rf"(?P<kana>[ァ-ヺー・]{{2,}})(?:[一-龥]{{0,4}}?)(?:{_OFFICE_JA})|(?P<kanji>[一-龥々]{{2,5}}?)(?:{_OFFICE_JA})"
)
_NO_PERSON_JA = re.compile(
    r"国$|各国|両国|貴国|同国|歴代|次期|現職|前任|後任|関係|担当|外務|防衛|財務|法務|総務|経済|産業|環境|国防|国務|商務|貿易|内閣|官房|総理|農林|水産|厚生|労働|文部|科学"
    r"|交通|国土|復興|議会|委員|理事|事務|運輸|教育|情報|首席|複数|日本|米国|英国|政府|閣僚|共同"
)


@dataclass(frozen=True)
class Claim:
    """A sentence that claims something; ``names`` are all that makes it a claim, where there are any."""

    text: str
    names: tuple[str, ...] = ()


class Intent(Enum):
    """Whether a text says what somebody wants, which needs no source as far as it states nothing."""

    NONE = "none"
    ORDERS = "orders"
    """Only in sentences that begin as an order does: points to make."""
    ALL = "all"
    """Throughout: objectives, recommendations, asks."""


@lru_cache(maxsize=4096)
def claims(markdown: str, intent: Intent = Intent.NONE) -> tuple[Claim, ...]:
    """Return the sentences with a claim, in paragraphs of a text that cite nothing; a block quotation may be cited beside it."""
    paragraphs = POINTS.split(markdown)
    found = (
        _claim(match[0].strip())
        for at, paragraph in enumerate(paragraphs)
        if not _is_sourced(paragraphs, at) and not paragraph.lstrip().startswith("#")
        for match in _SENTENCE.finditer(paragraph)
        if not _is_intent(match[0], intent)
    )
    return tuple(filter(None, found))


def _is_sourced(paragraphs: Sequence[str], at: int) -> bool:
    near = range(max(at - 1, 0), min(at + 2, len(paragraphs)))
    places = near if paragraphs[at].lstrip().startswith(">") else (at,)
    return any(cited_ids(paragraphs[place]) for place in places)


def _is_intent(sentence: str, intent: Intent) -> bool:
    """Whether a sentence only says what is wanted: it states nothing that is or was so, and quotes nobody."""
    ordered = intent is Intent.ALL or (intent is Intent.ORDERS and _ORDER.match(_bare(sentence)))
    if not ordered and not _is_own_wish(sentence):
        return False
    return not _STATED.search(_ASKED.sub("", sentence)) and not _STATED_JA.search(sentence)


def _is_own_wish(sentence: str) -> bool:
    if sentence.isascii() or not _OWN_WISH_JA.search(sentence.strip()):
        return _OWN_WISH.match(_bare(sentence)) is not None
    return not _OTHERS_JA.search(sentence)


def _claim(sentence: str) -> Claim | None:
    # In one width: figures and signs come in two.
    text = _bare(sentence if sentence.isascii() else unicodedata.normalize("NFKC", sentence))
    if text.endswith("?"):
        return None
    english = _COUNTED_OR_DATED.search(text) or _ENGLISH.search(text) or _is_of_others(text)
    if english or (not text.isascii() and _JAPANESE.search(text)):
        return Claim(sentence)
    names = tuple(_names(text))
    return Claim(sentence, names) if names else None


def _bare(sentence: str) -> str:
    """Return a sentence without what nobody claims."""
    text = _SIGNS.sub("", sentence)
    if "24/7" not in text and _NUMBERED_CUES.isdisjoint(_LETTERS.findall(text.lower())):
        return text
    return _NUMBERED.sub("", text)


def _is_of_others(text: str) -> bool:
    """Whether a sentence counts, dates or tells what others say or did, and is not about what its author wants."""
    if _CUES.isdisjoint(_LETTERS.findall(text.lower())):
        return False
    return _OTHERS.search(text) is not None and not _OWN_VOICE.search(text)


def _names(text: str) -> Iterator[str]:
    for match in _PERSON.finditer(text) if _CAPITAL.search(text) else ():
        name = match["titled"] or match["named"]
        if not _NO_PERSON.search(name):
            yield name
    for match in () if text.isascii() else _PERSON_JA.finditer(text):
        if match["kana"] or not _NO_PERSON_JA.search(match["kanji"]):
            yield match["kana"] or match["kanji"]
