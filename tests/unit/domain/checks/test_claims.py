"""What needs a source, and what only looks like it: in English and Japanese."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.checks import check_brief
from briefer.domain.checks.claims import claims
from briefer.domain.tags import TagKind, Term, Vocabulary
from tests.unit.domain.checks.conftest import Bench

CLAIMS = """
Exports rose by five percent.
Exports rose by a third last year.
Exports fell three-fold since the spring.
Exports doubled.
Exports fell 7%.
Trade reached $4 billion.
Trade reached 4 bn euros.
The fund holds £3m.
Some 40 ships were held.
Japan accounts for half of the output.
It was signed on 3 March.
It was signed on March 3.
It was signed in March.
It was signed on Tuesday.
It was signed in 2025.
In December 2025 they signed.
Chancellor Merz leads the talks.
They spoke to Asha Menon.
He met Mr Menon.
President Xi said otherwise.
Merz announced new controls.
Berlin said that it would act.
Officials have warned of delays.
“We cannot wait eight months,” the head of the port said.
‘We cannot wait’, he said.
He said: “never again”.
輸出は三割増えた。
輸出は五％減少した。
輸出は５％減少した。
輸出は約二千億円に上った。
五十万トンを輸入した。
約四割を占める。
三分の一を占める。
参加は数千人である。
百社以上が参加した。
十二か国が参加した。
3カ国が署名した。
２０２５年に署名された。
令和7年に署名された。
令和七年十二月に署名された。
平成30年からの協定である。
二〇二五年に署名した。
昨年12月に署名された。
十二月三日に署名した。
担当相は『攻撃は偶然ではない』と述べた。
「受け入れられない」とした。
中国外務省の報道官は否定した。
モディ首相が訪日した。
メルツ独首相は反対した。
石破首相と会談した。
習近平国家主席は訪米した。
田中氏が訪れた。
Three ferries were held off Cebu.
Four people were hurt.
The army lost thirty-one tanks.
Nobody doubts that six of the wounded were guards.
Some two dozen firms left.
Thousands of troops are massed there.
A majority of members oppose it.
One in four firms reports losses.
Nearly half the crew fell ill.
Prices stand at a ten-year high.
The pact was signed yesterday.
The minister left the post last summer.
The plant was shut two years ago.
The second train left on the 21st.
The levy lapses at the end of the quarter.
Putin signed the decree.
Von der Leyen visited Kyiv.
Olaf Scholz backed the deal.
Washington has accused Tehran of fraud.
Tehran denies any role.
The Council says that it will wait.
According to the Ministry of Defence, the drill is over.
昨日、両国は合意した。
先週、首脳が会談した。
政府高官によると、交渉は続いている。
三月後半に署名された。
半数以上の企業が撤退している。
"""
NONE = """
The minister will raise the matter again.
We should thank them for their cooperation.
Ministers agreed to meet again soon.
The Prime Minister visits in spring.
Thank the Foreign Minister for the invitation.
We appreciate the Prime Minister's leadership.
The Ministry of Foreign Affairs is our partner.
Our relations with the United Kingdom are good.
We work with the European Union on standards.
Meet in New Delhi again.
I would like to raise 3 points.
We value the 2 sides' cooperation.
Point 10 of the agenda is open.
See section 12 below, and paragraphs 14 to 16.
The G20 and the COVID-19 recovery fund matter.
1. Thank them for the visit.
We hope that you may agree.
Did exports fall in 2025?
Avoid the word "decoupling".
Support their “strategic autonomy”.
We said so.
See [the annex](https://example.org/2025/12).
# Outlook for 2026
両国の協力を歓迎したい。
引き続き緊密に連携していきたい。
率直な意見交換を行いたい。
外務大臣の訪問に感謝する。
副大臣の訪問を歓迎する。
防衛大臣と面会したい。
両首相の合意を歓迎する。
貴国の懸念を共有する。
第一に、経済安全保障について述べたい。
第三回会合を開きたい。
二国間の協力を進めたい。
一日も早い妥結を目指す。
一人ひとりの努力が大切である。
万一の場合に備える。
四日市港を訪れる。
「経済的威圧」への対応で連携したい。
「自由で開かれたインド太平洋」の実現に向け連携したい。
「連結性」という構想を支持する。
輸出は増えたか？
Both ministers agreed to keep in touch.
Ministers met in good spirit.
Our two delegations should meet before the summit.
The two countries agree on most points.
The four pillars of our policy stand.
Three priorities guide us: trade, safety and trust.
The meeting has three parts.
We met last week and agreed on a text.
We hope to finish by the end of the year.
Let us meet again on the 14th.
Our position has not changed since last year.
According to our records the annex is complete.
Half a loaf is better than none.
The so-called “hybrid threats” worry them.
We stand for a Free and Open Indo-Pacific.
The desk works 24/7 on this.
昨年のご訪問に感謝する。
昨年の合意を歓迎した。
先週の会談で述べたとおり、連携したい。
規定によれば、承認が必要である。
五月晴れの下で会いたい。
三月後に再会したい。
"""


@pytest.mark.parametrize("sentence", CLAIMS.strip().splitlines())
def test_a_claim(sentence: str) -> None:
    assert [claim.text for claim in claims(sentence)] == [sentence]


@pytest.mark.parametrize("sentence", NONE.strip().splitlines())
def test_no_claim(sentence: str) -> None:
    assert claims(sentence) == ()


def test_what_cites_something_needs_no_further_source(bench: Bench) -> None:
    cited = f"Exports rose by 40 per cent. They fell in 2026 [@{bench.excerpt()}]."
    assert claims(cited) == ()
    text = f"Three things stand out.\n\n- {cited}\n- Exports to others fell by half, or 12 per cent."
    assert [claim.text for claim in claims(text)] == ["- Exports to others fell by half, or 12 per cent."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We are grateful to Costa Verde.", False),
        ("ヴェルデ首相の訪問に感謝する。", False),
        ("We are grateful to Costa Nueva.", True),
        ("We are grateful to Costa Verde and thank Asha Menon.", True),
    ],
)
def test_the_name_of_a_partner_is_no_claim(bench: Bench, text: str, *, found: bool) -> None:
    bench.section(f">{bench.excerpt()}", text)
    partner = Term(TagKind.PARTNER, "XV", "Costa Verde", "ヴェルデ")
    material = replace(bench.material(), vocabulary=Vocabulary((partner,)))
    assert ("no-source" in [finding.check for finding in check_brief(material)]) is found
