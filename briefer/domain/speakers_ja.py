"""Japanese wordings that tell who speaks a quotation: 「…」と述べた, ○○は「…」と, ○○によると「…」."""

from __future__ import annotations

import re

from briefer.domain.speakers_en import Attribution, People

_SAID = re.compile(
    r"^(?:など)?(?:と|などと|とも|とは)(?:の(?:見方|考え|認識|見解|懸念|立場|方針|意向)を(?:示|表明|述)|し(?:た|、|てい[るた])|[^。「」]{0,30}?(?:述べ|語(?!り合)|話(?!し合|合)|強調|指摘|説明|訴え|批判|主張|発言|表明|明か|答え|コメント"
    r"|警告|呼び?かけ|応じ|歓迎|断言|求め|伝え|漏ら|打ち明け|嘆|危惧|評価|非難|反論|釘を刺|分析|みる|見る|言う|言い|言っ|いう|投稿|記し|書い|振り返|期待|宣言|懸念|自信|胸を張|苦言|力説|アピール|回答|報告|紹介|要請|牽制|けん制))"
)
# Called, titled, seen as, together with: the marks hold a name or a term, and nobody speaks.
_NO_SPEECH = re.compile(
    r"^(?:など)?(?:と(?:も|は)?)、?(?:[^。「」、]{0,6}(?:に|を|が|で))?(?:呼(?!び?かけ|び掛け)|称|題|銘打|名付|名づ|位置付|位置づ|みなさ|見なさ|みられ|見られ|言われ|いわれ|さ?れ|書かれ|記され|記載|表記|なっ|なる|なり|略|同じ|同様|並|関係|関連"
    r"|つなが|連携|協力|結び|似|違|(?:の(?:関係|関連|連携|協力|契約|取引|違い|間|名称|名前|題|タイトル|異名|愛称|通称)))"
    r"|^という(?!。|趣旨|見方を|考えを|認識を|立場を|見解を|懸念を|声明|コメント)|^といった|^とし(?:て(?!いる。|いた。|きた。|、)|ての)"
)
# What is said of somebody, not by him: "was criticised as".
_PASSIVE = re.compile(r"[^。、「」]{0,2}?[さら]れ(?:[るてた]|、)")
_AFTER = re.compile(
    r"^(?:と|などと)、?(?P<who>[^。「」]{2,60}?)(?:は|が)(?:[^。「」はが]{0,20}?)(?:述べ|語|話|強調|指摘|説明|訴え|批判|主張|発言|コメント|付け加え|警告|明か)"
)
# "The minister who said so", of whom the sentence goes on to tell.
_WHO_SAID = re.compile(
    r"^(?:など)?と(?:述べ|語っ|話し|強調し|指摘し|説明し|主張し|訴え|発言し)(?:た|ている)(?P<who>[^。「」、]{2,40}?)(?:は|が|も|に|、|。|$)"
)
_CLAUSE_OF_QUOTE = re.compile(r"^[」』]*(?:など)?と[^。、「」]{1,20}?た(?=[一-龠ァ-ヶ])")
_BRACKETED = re.compile(r"^[((](?P<who>[^))]{2,30})[))]")
_SUBJECT = re.compile(r"(?P<who>[^。「」]{2,80}?)(?:は|が|も|では)(?P<rest>[^。「」はが]{0,60})$")
_ACCORDING = re.compile(r"(?P<who>[^。「」]{2,60}?)によ(?:ると|れば)、?[^。「」]{0,40}$")
_CLAUSE = re.compile(
    r"^.*(?:で|に|し|り|て|ば|ら|を|が|けて|めて|から|際|後|前|上|中|うえ|うち|日|時|ため|ついて|関し|対し)、"
)
_ANONYMOUS = re.compile(
    r"高官|幹部|関係者|関係筋|消息筋|外交筋|政府筋|軍事筋|筋$|当局者|担当者|専門家|外交官|アナリスト|側近|経営者|社員|住民|参加者|出席者|研究者|一人|1人|男性|女性|職員|議員ら|企業側|閣僚経験者|業者|交渉官|エコノミスト|市場関係"
)
_PERSON = re.compile(
    r"(?:氏|さん|首相|大統領|外相|防衛相|経済産業相|経産相|財務相|国防相|[一-龠]{1,6}相|長官|大臣|議員|教授|准教授|社長|会長|CEO|代表|知事|大使|報道官|官房長官|議長|委員長|総裁|総長|局長|所長|研究員|理事長|副大統領|市長|顧問|監督|党首|書記|主席|専務|部長|課長|記者|弁護士|博士|国王|総書記|次官|補佐官|参事官|司令官|理事|委員|(?<![成増延助生])長|^[ァ-ヶー]+[・=][ァ-ヶー・=]+)(?:\([^)]*\)|([^)]*))?$"
)
_NAMED = re.compile(
    r"(?:[ァ-ヶー]+[・=][ァ-ヶー・=]+|[ァ-ヶー]{3,}|[一-龠々]{2,6})(?:氏|さん|首相|大統領|[一-龠]{1,6}相|長官|大臣|議員|教授|准教授|社長|会長|CEO|代表|知事|大使|報道官|議長|委員長|総裁|局長|所長|研究員|顧問|主席|党首)"
)
_BODY = re.compile(
    r"(?:省|庁|府|政府|当局|委員会|同盟|協会|大使館|会社|社|機構|銀行|研究所|連盟|両国|両首脳|両政府|側|声明|論文|報告書|白書|党|連合|大学|団体|軍|紙|会議|宣言)$"
)
_INTRODUCED = re.compile(r"(?P<role>[^、]{2,60})、(?P<name>[ァ-ヶー・=一-龠々]{2,30})(?:氏|さん)")
_SAME = re.compile(r"^(?:同氏|同相|同首相|彼|彼女|氏)$")
_OFFICE = re.compile(r"^(?:首相|大統領|外相)$")
_CALLED = re.compile(r"(?P<name>[ァ-ヶー・=]{2,}|[一-龠々]{2,6})(?:氏|さん)")


def attribute(head: str, tail: str, people: People) -> Attribution | None:
    """Tell who speaks a quotation, from the text before it (from the last quotation on) and after it."""
    found = _attributed(head, tail, people)
    if found is not None:
        people.note(found)
    return found


def _attributed(head: str, tail: str, people: People) -> Attribution | None:
    for pattern in (_AFTER, _WHO_SAID, _BRACKETED):
        match = pattern.match(tail)
        if match and not _PASSIVE.match(tail, match.end()) and (who := _who(match["who"], people)):
            return *who, match[0]
    said = _said(tail)
    sentence = _CLAUSE_OF_QUOTE.sub("", re.split(r"。\s*", head)[-1])
    according = _ACCORDING.search(sentence)
    if not said and not according:
        return None
    match = according or _SUBJECT.search(sentence)
    if match and (who := _who(match["who"], people)):
        return *who, sentence[match.start("who") :].strip() + (f"…{said[0]}" if said else "")
    known = people.recent()
    return (*known, said[0]) if known and said and not sentence.strip() else None


def _said(tail: str) -> re.Match[str] | None:
    said = _SAID.match(tail)
    if said is None or _PASSIVE.match(tail, said.end()):
        return None
    return None if _NO_SPEECH.match(tail) else said


def _same(phrase: str, people: People) -> tuple[str, bool] | None:
    """Return whom a pronoun stands for: the last person called 氏 or さん, else whoever spoke last."""
    known = people.recent()
    called = [match["name"] for match in _CALLED.finditer(people.heard)]
    if not called or (known and called[-1] in known[0]):
        return known or (phrase, True)
    return called[-1], True


def _who(phrase: str, people: People) -> tuple[str, bool] | None:
    phrase = phrase.strip().strip("、")
    lead = _CLAUSE.match(phrase)
    phrase = phrase[lead.end() if lead else 0 :].strip("、")
    if not phrase:
        return None
    if _SAME.match(phrase):
        return _same(phrase, people)
    if _OFFICE.match(phrase):
        known = people.recent()
        return known if known and phrase in known[0] else (phrase, True)
    if _ANONYMOUS.search(phrase) and not _NAMED.search(phrase):
        return f"{phrase}(匿名)", False
    if by_name := _INTRODUCED.fullmatch(phrase):
        return f"{by_name['name']}、{by_name['role']}", True
    if phrase.endswith(("氏", "さん")):
        return phrase.removesuffix("氏").removesuffix("さん"), True
    if _PERSON.search(phrase) or _NAMED.search(phrase) or re.search(r"[((]", phrase):
        return phrase, True
    return (phrase, True) if _BODY.search(phrase) else None
