"""The Japanese half of `domain.roles`: what follows a name tells its part, as 「〜による」「〜に対抗し」「〜で開かれた」."""

from __future__ import annotations

import re

from briefer.domain.matching import Match
from briefer.domain.mentions import ACTING, PARTNER, RIVAL, THIRD_PARTY, VENUE, Judgement, Mention, Rule

_HOSTILE = (
    "侵攻", "侵略", "侵入", "侵犯", "侵害", "威圧", "威嚇", "恫喝", "脅威", "脅し", "攻撃", "覇権", "挑発", "偽情報", "影響工作", "世論工作", "干渉", "介入", "妨害", "嫌がらせ", "輸出規制", "輸出管理", "輸出制限",
    "輸出許可", "輸出禁止", "輸出停止", "禁輸", "輸入停止", "輸入禁止", "輸入規制", "全面停止", "関税", "武器化", "軍拡", "軍事的圧力", "軍事活動", "軍事行動", "軍事演習", "軍事力", "圧力", "強硬", "報復", "スパイ", "諜報", "窃取", "不当",
    "不公正", "ミサイル", "核実験", "核開発", "核・ミサイル", "核兵器", "核戦力", "海洋進出", "軍備増強", "支配", "独占", "寡占", "補助金", "過剰生産", "ダンピング", "一方的", "現状変更", "ハッカー", "工作活動", "不正アクセス", "拘束",
    "軍事的台頭", "示威", "併合", "占領", "締め付け", "囲い込み", "買い占め", "戦争", "空爆", "派兵", "サイバー攻撃", "影の船団", "影の艦隊", "闇の船団", "シャドーフリート", "シャドー・フリート",
)  # fmt: skip
# Deeds whose object may be another's: hostile only of whoever does them.
_DEEDS = ("輸出を規制", "輸出を制限", "輸出を停止", "輸出を禁", "輸入を停止", "輸入を禁")
_DEEDS_TO = ("供給を停止", "供給を止", "供給を絶", "供給を断", "供給を遮断")
# What is one's own and another enters: hostile only of whoever goes there.
_ENTERED = ("領海", "領空", "接続水域")
_ABOUT = ("依存", "対抗", "脱却", "抑止", "懸念", "警戒", "離れ", "念頭", "けん制", "牽制", "名指し", "非難", "制裁", "備え", "リスク", "頼", "デカップリング", "デリスキング", "切り離し", "対峙", "抑え込", "封じ込め", "包囲網")  # fmt: skip
_RIVALRY = ("対立", "貿易戦争", "貿易摩擦", "摩擦", "覇権争い", "競争", "緊張", "せめぎ合い", "応酬")
_SUFFERED = ("侵攻", "侵略", "戦争", "紛争", "有事", "危機", "情勢", "内戦", "和平", "停戦", "攻撃")

_BODY = (
    r"(?:政府|当局|企業|軍|側|海警局|海警|公船|当局者|政権|軍機|人民解放軍|共産党|船|製|産|海軍|空軍|艦艇)?"
)
_KINDS = r"(?:一方的|不当|不公正|急速|過度|強引|相次ぐ|経済的|軍事的|新た|度重なる|事実上|レアアース|重要鉱物|希土類|半導体)(?:な|の)?"
_BY_GAP = re.compile(rf"{_BODY}(?:による|からの)[^。]{{0,25}}")
# "A's port, into which …": what the particles に and へ mark suffers, unless it is another place (A's pressure on B).
_OWN_GAP = re.compile(
    rf"{_BODY}(?:の[^。、のはがをともにへ]{{0,14}}|の{_KINDS}+[^。、はがをともにへ]{{0,12}})"
)
_OWN_TO_GAP = re.compile(
    rf"{_BODY}の[^。、のはがをもにへ]{{1,14}}(?:への|に対する|に対しての)[^。、のはがをも]{{0,8}}"
)
_DOES_GAP = re.compile(rf"{_BODY}(?:が|は|も)[^。]{{0,25}}")
# Up to a verb in the active voice, other places may stand between, as what it is done to.
_DOES_FAR_GAP = re.compile(rf"{_BODY}(?:が|は|も)[^。がはも]{{0,45}}")
_DOES_TO_GAP = re.compile(rf"{_BODY}(?:が|は|も)(?!、)(?:(?!との|と共同|と合同)[^。がはも]){{0,45}}")
_DONE = re.compile(
    r"(?:を(?:発射|侵犯))?(?:し(?:たと?[。、」]|た$|たと|て(?!いる[^。、と])|、|続け|始め)|する(?:[。、」と]|$))|め(?:た[。、と]|、|て)|ち(?:、|切)|った[。、と]|に入(?:った[。、と]|り)"
)
_TALK = re.compile(r"(?:対策|防衛|協定|交渉|協議|引き下げ|撤廃|対応)")
# Whoever fears, answers or suffers something hostile does not do it.
_FEARED = re.compile(
    r"的?(?:措置|行為|政策|圧力)?(?:に(?:懸念|反発|反対|対抗|対処|対応|備え|対し|直面|よ|苦し|さらさ)|への(?:対応|懸念|反発|対抗|備え|対処|警戒)"
    r"|を(?:非難|批判|懸念|警戒|受け|抑止|防|避け)|され)"
)
_ABOUT_GAP = re.compile(
    rf"{_BODY}(?:(?:へ|に|から)?(?:の)?(?:対する)?(?:[ァ-ヶ一-龠ー]{{1,8}}の)?(?:過度な|過度の|過剰な|過剰に|大きく|高い|強く|輸入に?|調達を?|供給を?|経済的な|経済的に)*"
    r"|を|(?:と|から)の)"
)
# Concern about something that a country does or sells is concern about the country.
_CONDUCT_GAP = re.compile(
    rf"{_BODY}(?:による|への|の)[^。、のはがをとも]{{0,10}}?(?:移転|流出|輸出|輸入|投資|買収|進出|台頭|行動|動き|活動|政策|措置|規制|制限|管理|国内法|保安法|統制|影響力"
    r"|製品|機器|製造装置|融資|支配|拡大|増強|出方|意図)(?:への|に対する|をめぐる|を巡る|へ|に|を)"
)
_RIVALRY_GAP = re.compile(
    r"(?:間|両国|との|間の|による|関係の|の)?(?:経済|技術|戦略|貿易|通商|覇権|ハイテク|軍事)?(?:的)?(?:な)?"
)
_SUFFERED_GAP = re.compile(
    r"(?:への|に対する|での|における|をめぐる|を巡る|東部の?)?(?:全面)?|(?:に|へ|を)(?:全面)?"
)
_AT = re.compile(r"(?:市|市内|郊外|近郊|中心部)?(?:で(?!は|も|ある|の|す)|にて|において|での)")
_MEETING = r"(?:[^。、のはがをとに]{0,6}?)(?:会談|会合|会議|協議|首脳会)"
_HELD = re.compile(
    r"(?:の(?:首都)?(?:[ァ-ヶー・]{2,15}|[一-龠]{2,5}?))?(?:市|市内|郊外|近郊)?"
    rf"(?:(?:で|において|にて)(?:\d{{1,2}}日、?)?(?:開か|開催|行われ|会合を開|{_MEETING}(?:し|を開|が開|を行|が行|に臨|に出席))|での{_MEETING})"
)


def plain(it: Mention) -> Judgement:
    """Return the role that needs no cue: a country, too, is a venue where a meeting is said to be held in it."""
    held = _HELD.match(it.small, it.end, it.high) or (it.city and _AT.match(it.small, it.end, it.high))
    return VENUE if held else PARTNER


def _hostile(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start < it.end:
        return None
    if _BY_GAP.fullmatch(it.small, it.end, cue.start):
        return ACTING
    if _TALK.match(it.small, cue.end, it.high):
        return None
    if _OWN_GAP.fullmatch(it.small, it.end, cue.start):
        return ACTING
    if it.reach < cue.start and _OWN_TO_GAP.fullmatch(it.small, it.end, cue.start):
        return ACTING
    return _does(it, cue)


def _does(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start < it.end:
        return None
    done = _DONE.match(it.small, cue.end, it.high)
    if cue.start >= it.reach:
        return ACTING if done and _DOES_TO_GAP.fullmatch(it.small, it.end, cue.start) else None
    gap = _DOES_FAR_GAP if done else _DOES_GAP
    does = gap.fullmatch(it.small, it.end, cue.start)
    return ACTING if does and not _FEARED.match(it.small, cue.end, it.high) else None


def _deed(it: Mention, cue: Match[Rule]) -> Judgement | None:
    """Judge who does what may well be done by friends: no other place may stand between."""
    if cue.start >= it.end and _BY_GAP.fullmatch(it.small, it.end, cue.start):
        return ACTING
    return _does(it, cue) if cue.start < it.reach else None


def _about(it: Mention, cue: Match[Rule]) -> Judgement | None:
    if cue.start < it.end:
        return None
    conduct = cue.start < it.reach and _CONDUCT_GAP.fullmatch(it.small, it.end, cue.start)
    return ACTING if conduct or _ABOUT_GAP.fullmatch(it.small, it.end, cue.start) else None


def _rivalry(it: Mention, cue: Match[Rule]) -> Judgement | None:
    return RIVAL if cue.start >= it.end and _RIVALRY_GAP.fullmatch(it.small, it.end, cue.start) else None


def _suffered(it: Mention, cue: Match[Rule]) -> Judgement | None:
    near = cue.start >= it.end and _SUFFERED_GAP.fullmatch(it.small, it.end, cue.start)
    return THIRD_PARTY if near else None


CUES: tuple[tuple[str, Rule], ...] = (
    *((word, _hostile) for word in _HOSTILE),
    *((word, _deed) for word in _DEEDS),
    *((word, _does) for word in (*_ENTERED, *_DEEDS_TO)),
    *((word, _about) for word in _ABOUT),
    *((word, _rivalry) for word in _RIVALRY),
    *((word, _suffered) for word in _SUFFERED),
)
"""Words with the rule that hangs on each."""
