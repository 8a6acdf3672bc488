"""Sentences labelled by hand with the starter vocabulary: key, or key/role where it is not a partner."""

from __future__ import annotations

import pytest

from briefer.domain.tags import TagKind
from tests.unit.domain.vocabularies import starter, suggested


def places(text: str) -> set[str]:
    return {
        str(tag).removeprefix("partner:") for tag in suggested(text, starter()) if tag.kind is TagKind.PARTNER
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Beijing’s restrictions on gallium have hurt chipmakers.", {"CN/source-of-risk"}),
        ("China has repeatedly threatened to cut off graphite.", {"CN/source-of-risk"}),
        ("China, the largest buyer, suspended imports of seafood.", {"CN/source-of-risk"}),
        ("Chinese coast guard vessels sailed for hours in waters off the Senkaku Islands.", {"CN/source-of-risk"}),
        ("Russian bombers flew close to and then into the airspace of a neighbour.", {"RU/source-of-risk"}),
        ("North Korean hackers stole the plans of a shipyard.", {"KP/source-of-risk"}),
        ("North Korea test-fired another missile on Monday.", {"KP/source-of-risk"}),
        ("The ministry warned of cyberattacks by Russia and North Korea.", {"RU/source-of-risk", "KP/source-of-risk"}),
        ("The law guards against interference by China.", {"CN/source-of-risk"}),
        ("Companies should diversify away from China.", {"CN/source-of-risk"}),
        ("It is a plan to wean industry off Russian gas.", {"RU/source-of-risk"}),
        ("They named countries of concern, including China, Russia and Iran.", {"CN/source-of-risk", "RU/source-of-risk", "IR/source-of-risk"}),
        ("The trade war between the United States and China goes on.", {"US/source-of-risk", "CN/source-of-risk"}),
        ("Amid US-China tensions, ASEAN keeps its distance.", {"US/source-of-risk", "CN/source-of-risk", "ASEAN"}),
        ("Japan works with the United States amid U.S.-China rivalry.", {"US", "CN/source-of-risk"}),
        ("Its ties with China, which have raised concern, will be reviewed.", {"CN/source-of-risk"}),
        ("The Trump administration imposed tariffs on cars.", {"US/source-of-risk"}),
        ("The United States suspended its tariffs for ninety days.", {"US"}),
        ("Washington and Seoul agreed on tariff negotiations.", {"US", "KR"}),
        ("Germany’s response to coercion was discussed.", {"DE"}),
        ("The EU faces attacks on its grid.", {"EU"}),
        ("The EU imposed new sanctions last year.", {"EU"}),
        ("It is a threat to U.S. forces.", {"US"}),
        ("Japan has come under pressure from Washington to spend more.", {"US"}),
        ("The war in Ukraine has lasted for years.", {"UA/third-party"}),
        ("The Ukraine war has changed prices.", {"UA/third-party"}),
        ("They spoke of the crisis in Myanmar.", {"MM/third-party"}),
        ("Ministers met in Canberra on Friday.", {"AU/venue"}),
        ("The summit was held in Canada.", {"CA/venue"}),
        ("In Sydney, engineers looked at the cable.", {"AU/venue"}),
        ("Brussels has proposed a fund.", {"EU"}),
        ("In Beijing’s view the matter is closed.", {"CN/venue"}),
        ("Finland won 3-0 against Norway.", {"FI", "NO"}),
        ("Russia cut oil deliveries to Finland after the vote.", {"RU/source-of-risk", "FI"}),
        ("Saudi Arabia cut oil exports by a tenth.", {"SA"}),
        ("Poland cut power to homes.", {"PL"}),
        ("Norway fears Russia’s shadow fleet.", {"NO", "RU/source-of-risk"}),
        ("Norway saw Russia’s attacks.", {"NO", "RU/source-of-risk"}),
        ("Norway fears coercion of Lithuania by China.", {"NO", "LT", "CN/source-of-risk"}),
        ("Denmark fears a blockade of Taiwan by China.", {"DK", "CN/source-of-risk", "TW"}),
        ("The shelling of the port was condemned by Norway.", {"NO"}),
        ("Estonia boarded a ship of Russia’s shadow fleet.", {"EE", "RU/source-of-risk"}),
        ("Meters made in China stood in every street, and a survey found hidden radios.", {"CN/source-of-risk"}),
        ("Chinese-built pumps were sold for years. Engineers found a backdoor in one.", {"CN/source-of-risk"}),
        ("Meters made in China were opened, and no hidden radios came to light.", {"CN"}),
        ("Shoes made in Vietnam were sold by undocumented workers.", {"VN"}),
        ("Backdoors are feared by everybody in Norway.", {"NO"}),
        ("The envoys met in Geneva, Switzerland, on Monday.", {"CH/venue"}),
        ("Talks in Norway went on.", {"NO/venue"}),
        ("They signed in Gothenburg, Sweden.", {"SE/venue"}),
        ("They sell ice in Gothenburg, Sweden.", {"SE"}),
        ("They sell ice to Denmark, Sweden.", {"DK", "SE"}),
    ],
)  # fmt: skip
def test_english(text: str, wanted: set[str]) -> None:
    assert places(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("中国によるレアアースの輸出規制が長引いている。", {"CN/source-of-risk"}),
        ("中国の一方的な現状変更の試みを認めない。", {"CN/source-of-risk"}),
        ("中国軍の活動が活発になり、中国の軍事的圧力が高まる。", {"CN/source-of-risk"}),
        ("中国が重要鉱物の輸出を制限した。", {"CN/source-of-risk"}),
        ("ロシアからのサイバー攻撃に備える。", {"RU/source-of-risk"}),
        ("中国を念頭に、供給網を見直す。", {"CN/source-of-risk"}),
        ("中国に対抗し、海底ケーブルを敷く。", {"CN/source-of-risk"}),
        ("中国への過度な依存を減らす。", {"CN/source-of-risk"}),
        ("中国に依存しない調達先を探す。", {"CN/source-of-risk"}),
        ("米中対立が続く中、韓国と協議した。", {"US/source-of-risk", "CN/source-of-risk", "KR"}),
        ("北朝鮮のミサイル発射を非難した。", {"KP/source-of-risk"}),
        ("ロシアのウクライナ侵攻から4年になる。", {"RU/source-of-risk", "UA/third-party"}),
        ("ロシアによるウクライナ侵略を受けた措置だ。", {"RU/source-of-risk", "UA/third-party"}),
        ("台湾有事に備えた訓練をする。", {"TW/third-party"}),
        ("米国の追加関税は企業に響く。", {"US/source-of-risk"}),
        ("韓国は輸出規制に懸念を示した。", {"KR"}),
        ("インドは中国の輸出規制に懸念を示した。", {"IN", "CN/source-of-risk"}),
        ("英国で開かれた会合に出席した。", {"GB/venue"}),
        ("会合はジャカルタで開催された。", {"ID/venue"}),
        ("シドニーでの会合で豪州と合意した。", {"AU"}),
        ("フィリピンと共同訓練をした。", {"PH"}),
        ("輸出規制をめぐり、韓国と話し合った。", {"KR"}),
        ("韓国の関税交渉は続く。", {"KR"}),
        (
            "中国は黒鉛の輸出を制限し、中国系のハッカーがデンマークの空港に侵入した。",
            {"CN/source-of-risk", "DK"},
        ),
        ("ロシアがフィンランドへの電力の供給を停止した。", {"RU/source-of-risk", "FI"}),
        ("ロシアはエストニアの領空に入った。", {"RU/source-of-risk", "EE"}),
        ("エストニアの領空が侵犯された。", {"EE"}),
        ("中国がカナダの輸出を制限した。", {"CN", "CA"}),
        ("中国による黒鉛の輸出を制限する措置。", {"CN/source-of-risk"}),
        ("オランダは中国への装置の輸出を規制した。", {"NL", "CN"}),
        ("欧州は、ウクライナへ侵攻したロシアに警告した。", {"Europe", "UA/third-party", "RU"}),
        ("インドは中国との軍事演習を実施した。", {"IN", "CN"}),
        (
            "北朝鮮が9日未明、東の海に向けて長い距離を飛ぶ新しい型の弾道ミサイルを発射した。",
            {"KP/source-of-risk"},
        ),
        ("インドは中国の台湾への圧力を批判した。", {"IN", "CN/source-of-risk", "TW"}),
        ("ロシアの影の船団が海底の管を切った。", {"RU/source-of-risk"}),
        ("中国の技術移転への懸念が広がる。", {"CN/source-of-risk"}),
        ("韓国の少子化への懸念が広がる。", {"KR"}),
        ("閣僚はスイスのローザンヌで会談し、韓国と合意した。", {"CH/venue", "KR"}),
        ("スイスでの会合は終わった。", {"CH/venue"}),
    ],
)
def test_japanese(text: str, wanted: set[str]) -> None:
    assert places(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "中国電力は停電に備える。",
        "5日朝、雨が降り、土曜日朝まで続いた。",
        "中国地方で大雨が降った。",
        "The turkey was served cold.",
        "Roast Turkey is on the menu.",
        "She comes from Atlanta, Georgia.",
        "Michael Jordan and Jordan Smith played.",
        "Chad Thomas made three tackles.",
        "Mr. Jordan declined to comment.",
        "The Vienna Convention and the Paris Agreement apply.",
        "Hamilton, Kennedy and San José are people here.",
        "The ship lay off St. Helier, Hamilton and Gibraltar Street.",
        "China Mobile and Air India signed nothing.",
        "インドア派の日本人は台風に備えた。",
        "豪雨と豪雪の被害が出た。",
        "同日比べると、日比谷は静かだ。",
    ],
)
def test_what_is_no_partner(text: str) -> None:
    assert places(text) - {"GI"} == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shipments of ore may be suspended under the export rules.", {"export-restrictions"}),
        ("The firm said that exports of magnets were halted.", {"export-restrictions", "critical-minerals"}),
        ("We must reduce our dependence on a single buyer.", {"over-dependence"}),
        ("Engineers were accused of stealing sensitive data.", {"tech-leakage"}),
        ("Tokyo blocked the takeover of a chipmaker.", {"investment-screening", "supply-chain"}),
        ("An oil tanker passed the Strait of Hormuz.", {"energy-resources"}),
        ("The oily rag lay in the office space.", set()),
        ("AI will be used; the aim is modest.", {"emerging-tech"}),
        ("A new submarine cable came ashore.", {"critical-infrastructure"}),
        ("The state secretary met the trade secretary and two state secretaries.", set()),
        ("State secrets and trade secrets were sold.", {"information-security", "tech-leakage"}),
        ("The nuclear powers were silent; three boats are in the pipeline.", set()),
        ("He was held for disorderly conduct and a crude joke.", set()),
        ("They hacked at the wafer-thin wall until the chips were down.", set()),
        ("The protection of personal information is a duty.", set()),
        ("Protection of classified information is a duty.", {"information-security"}),
        ("選手が表彰台を独占し、水素水を飲んだ。", set()),
        ("機微な技術の流出を防ぐ。", {"tech-leakage"}),
        ("レアアースの輸出を停止した。", {"critical-minerals", "export-restrictions"}),
        ("特定の国に依存しない。", {"over-dependence"}),
        ("対米外国投資委員会が買収を審査する。", {"investment-screening"}),
    ],
)
def test_risks(text: str, wanted: set[str]) -> None:
    assert {tag.key for tag in suggested(text, starter()) if tag.kind is TagKind.RISK} == wanted
