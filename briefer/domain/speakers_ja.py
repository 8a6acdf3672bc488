"""Japanese wordings that tell who speaks a quotation: 「…」と述べた, ○○は「…」と, ○○によると「…」."""

from __future__ import annotations

import re

from briefer.domain.speakers_en import Attribution, People

_SAID = re.compile(
    r"^(?:など)?(?:と|などと|とも|とは)(?:の(?:見方|考え|認識|見解|懸念|立場|方針|意向)を(?:示|表明|述)|[^。「」]{0,30}?(?:述べ|語|話|強調|指摘|説明|訴え|批判|主張|発言|表明|明か|答え|コメント"
    r"|警告|呼び?かけ|応じ|歓迎|断言|求め|伝え|漏ら|打ち明け|嘆|危惧|評価|非難|反論|釘を刺|分析|みる|見る|言う|言い|言っ|いう|した|し、|投稿|記し|書い|振り返|期待|宣言|懸念|自信|胸を張|苦言|力説|アピール|回答|報告|紹介|要請|牽制|けん制))"
)
_AFTER = re.compile(
    r"^(?:と|などと)(?P<who>[^。「」、]{2,40}?)(?:は|が)(?:述べ|語|話|強調|指摘|説明|訴え|批判|主張|発言|コメント)"
)
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
    r"(?:氏|さん|首相|大統領|外相|防衛相|経済産業相|経産相|財務相|国防相|[一-龠]{1,6}相|長官|大臣|議員|教授|准教授|社長|会長|CEO|代表|知事|大使|報道官|官房長官|議長|委員長|総裁|総長|局長|所長|研究員|理事長|副大統領|市長|顧問|監督|党首|書記|主席|専務|部長|課長|記者|弁護士|博士|国王|総書記)(?:\([^)]*\)|([^)]*))?$"
)
_NAMED = re.compile(
    r"(?:[ァ-ヶー]+[・=][ァ-ヶー・=]+|[ァ-ヶー]{3,}|[一-龠々]{2,6})(?:氏|さん|首相|大統領|[一-龠]{1,6}相|長官|大臣|議員|教授|准教授|社長|会長|CEO|代表|知事|大使|報道官|議長|委員長|総裁|局長|所長|研究員|顧問|主席|党首)"
)
_BODY = re.compile(
    r"(?:省|庁|府|政府|当局|委員会|同盟|協会|大使館|会社|社|機構|銀行|研究所|連盟|両国|両首脳|両政府|側|声明|論文|報告書|白書|党|連合|大学|団体|軍|紙|会議|宣言)$"
)
_INTRODUCED = re.compile(r"(?P<role>[^、]{2,60})、(?P<name>[ァ-ヶー・=一-龠々]{2,30})(?:氏|さん)")
_SAME = re.compile(r"^(?:同氏|同相|同首相|彼|彼女|氏|首相|大統領|外相)$")


def attribute(head: str, tail: str, people: People) -> Attribution | None:
    """Tell who speaks a quotation, from the text before it (from the last quotation on) and after it."""
    found = _attributed(head, tail, people)
    if found is not None:
        people.note(found)
    return found


def _attributed(head: str, tail: str, people: People) -> Attribution | None:
    for pattern in (_AFTER, _BRACKETED):
        match = pattern.match(tail)
        if match and (who := _who(match["who"], people)):
            return *who, match[0]
    said = _SAID.match(tail)
    sentence = re.split(r"。\s*", head)[-1]
    according = _ACCORDING.search(sentence)
    if not said and not according:
        return None
    match = according or _SUBJECT.search(sentence)
    if match and (who := _who(match["who"], people)):
        return *who, sentence[match.start("who") :].strip() + (f"…{said[0]}" if said else "")
    known = people.last()
    return (*known, said[0]) if known and said and not sentence.strip() else None


def _who(phrase: str, people: People) -> tuple[str, bool] | None:
    phrase = phrase.strip().strip("、")
    lead = _CLAUSE.match(phrase)
    phrase = phrase[lead.end() if lead else 0 :].strip("、")
    if not phrase:
        return None
    if _SAME.match(phrase):
        return people.last() or (phrase, True)
    if _ANONYMOUS.search(phrase) and not _NAMED.search(phrase):
        return f"{phrase}(匿名)", False
    if by_name := _INTRODUCED.fullmatch(phrase):
        return f"{by_name['name']}、{by_name['role']}", True
    if phrase.endswith(("氏", "さん")):
        return phrase.removesuffix("氏").removesuffix("さん"), True
    if _PERSON.search(phrase) or _NAMED.search(phrase) or re.search(r"[((]", phrase):
        return phrase, True
    return (phrase, True) if _BODY.search(phrase) else None
