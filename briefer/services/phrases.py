"""The words that Briefer itself writes into a document, in English and Japanese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Sentences and labels of one language; names in braces are filled in."""

    missing: str
    meeting: str
    audience: str
    basis: str
    basis_day: str
    basis_period: str
    basis_undated: str
    stop: str
    nothing: str
    untagged: str
    one_excerpt: str
    some_excerpts: str
    one_source: str
    some_sources: str
    risk: str
    partner: str
    excerpts: str
    sources: str
    source_groups: tuple[str, str, str]
    newest: str
    no_date: str
    coverage: str
    page: str
    original: str
    working_translation: str
    official_translation: str
    contents: str
    may_be_used: str
    not_for_disclosure: str
    comment: str
    one_left_out: str
    some_left_out: str
    draft: str
    copy: str
    coverage_annex: str
    heat_map: str
    heat_map_alt: str
    heat_map_most: str
    library_coverage: str
    library_coverage_note: str
    library_coverage_more: str
    sources_annex: str
    source: str
    reliability: str
    currency: str
    access: str
    remarks: str
    captured: str
    accessed: str
    summary: str
    summary_origins: str
    strengths: str
    weaknesses: str
    none_named: str
    reliable: str
    confirmed: str
    several_origins: str
    unjudged: str
    one_origin: str
    undated: str
    inferred: str
    flagged: str
    important: str
    record_annex: str
    waived: str
    nothing_waived: str
    let: str
    nothing_let: str
    sent: str
    not_sent: str
    check: str
    place: str
    whole_brief: str
    found: str
    reason: str
    decided: str
    sent_by: str
    this_export: str
    version: str
    file: str
    joint: str
    grades: tuple[tuple[str, str], ...]

    def grade(self, letter: str) -> str:
        """Return the reliability of a source in words (Admiralty code)."""
        return dict(self.grades)[letter]

    def excerpt_count(self, count: int) -> str:
        """Return ``1 excerpt``, ``7 excerpts``."""
        return (self.one_excerpt if count == 1 else self.some_excerpts).format(count=count)

    def source_count(self, count: int) -> str:
        """Return ``1 source``, ``4 sources``."""
        return (self.one_source if count == 1 else self.some_sources).format(count=count)


_ENGLISH = Phrases(
    missing="[source missing]",
    meeting="Meeting on {date}",
    audience="For {audience}",
    basis="This brief rests on {excerpts} from {sources}",
    basis_day=", published {first}",
    basis_period=", published between {first} and {last}",
    basis_undated=" ({count} undated)",
    stop=".",
    nothing="This brief cites no source yet.",
    untagged="Nothing that this brief cites bears a tag of this kind: {what}.",
    one_excerpt="1 excerpt",
    some_excerpts="{count} excerpts",
    one_source="1 source",
    some_sources="{count} sources",
    risk="Risk",
    partner="Partner",
    excerpts="Excerpts",
    sources="Sources",
    source_groups=("Primary sources", "Press", "Analysis"),
    newest="Newest",
    no_date="n.d.",
    coverage="What this brief cites, by {what}",
    page="Page {page} of {pages}",
    original="Full text of the quotation: “{text}”",
    working_translation="Working translation: {text}",
    official_translation="Official translation: {text}",
    contents="Contents",
    may_be_used="May be used",
    not_for_disclosure="Not for disclosure",
    comment="Comment: {text}",
    one_left_out="1 portion was left out of this version, which is released at {ceiling}.",
    some_left_out="{count} portions were left out of this version, which is released at {ceiling}.",
    draft="DRAFT",
    copy="Copy {copy}",
    coverage_annex="What is cited, by risk and partner",
    heat_map="Number of cited excerpts by risk and partner",
    heat_map_alt="Heat map of {excerpts} by risk ({rows}) and partner ({columns}).",
    heat_map_most=" Most ({count}): {risk}, {partner}.",
    library_coverage="Coverage by partner and risk",
    library_coverage_note="Excerpts in the library by partner and risk on {date}. ○: nothing newer than {days} days; –: none.",
    library_coverage_more="{count} further partners are left out.",
    sources_annex="Sources of this brief",
    source="Source",
    reliability="Reliability",
    currency="Date",
    access="Access",
    remarks="Remarks",
    captured="kept copy of {day}",
    accessed="accessed {day}",
    summary="This brief cites {excerpts} from {sources}",
    summary_origins=", of {count} independent origins",
    strengths="Strengths: {points}.",
    weaknesses="Weaknesses: {points}.",
    none_named="none stand out",
    reliable="{count} of {all} sources are graded reliable (A or B)",
    confirmed="{count} of {all} excerpts are graded confirmed or probably true (1 or 2)",
    several_origins="{count} publishers are represented",
    unjudged="the reliability of {count} of {all} sources cannot be judged (F)",
    one_origin="some sources carry the same text: {sources} go back to {count} origins",
    undated="{count} of {all} sources are undated",
    inferred="the date of {count} of {all} sources is inferred",
    flagged="{count} of {all} sources bear a warning",
    important="Most cited: {sources}.",
    record_annex="Record of checks and exports",
    waived="Findings that somebody let pass",
    nothing_waived="No finding of the checks was let pass.",
    let="Red findings with which the brief left",
    nothing_let="It did not leave with a red finding.",
    sent="Exports before this one",
    not_sent="It was not exported before.",
    check="Check",
    place="Place",
    whole_brief="the brief as a whole",
    found="What was found",
    reason="Why it may stay",
    decided="By whom, when",
    sent_by="By whom, when",
    this_export="at this export",
    version="Version",
    file="File",
    joint="; ",
    grades=(
        ("A", "A – reliable"),
        ("B", "B – usually reliable"),
        ("C", "C – fairly reliable"),
        ("D", "D – not usually reliable"),
        ("E", "E – unreliable"),
        ("F", "F – cannot be judged"),
    ),
)
_JAPANESE = Phrases(
    missing="［出典なし］",
    meeting="会談日：{date}",
    audience="{audience}用",
    basis="本資料は、{sources}からの抜粋{excerpts}に基づく",
    basis_day="（{first}発行）",
    basis_period="（{first}から{last}までに発行）",
    basis_undated="（日付不明{count}件を含む）",
    stop="。",
    nothing="本資料にはまだ出典がない。",
    untagged="本資料が引用するものには、{what}のタグがない。",
    one_excerpt="1件",
    some_excerpts="{count}件",
    one_source="1件の出典",
    some_sources="{count}件の出典",
    risk="リスク",
    partner="相手国・機関",
    excerpts="抜粋",
    sources="出典",
    source_groups=("一次資料", "報道", "分析・研究"),
    newest="最新",
    no_date="日付不明",
    coverage="本資料の引用（{what}別）",
    page="{page} / {pages}",
    original="引用元の全文：「{text}」",
    working_translation="仮訳：{text}",
    official_translation="公定訳：{text}",
    contents="目次",
    may_be_used="使用可",
    not_for_disclosure="対外非開示",
    comment="コメント：{text}",
    one_left_out="本版（{ceiling}）では1か所を省いた。",
    some_left_out="本版（{ceiling}）では{count}か所を省いた。",
    draft="案",
    copy="第{copy}号",
    coverage_annex="リスク・相手国別の引用状況",
    heat_map="リスク・相手国別の引用件数",
    heat_map_alt="抜粋{excerpts}のヒートマップ。リスク{rows}、相手国・機関{columns}。",
    heat_map_most="最多（{count}件）：{risk}、{partner}。",
    library_coverage="相手国・リスク別の収集状況",
    library_coverage_note="{date}現在の抜粋件数（相手国・機関×リスク別）。○は過去{days}日以内のものなし、–は該当なし。",
    library_coverage_more="ほか{count}の相手国・機関は省略。",
    sources_annex="本資料の出典",
    source="出典",
    reliability="信頼性",
    currency="日付",
    access="入手",
    remarks="備考",
    captured="{day}保存",
    accessed="{day}閲覧",
    summary="本資料は{sources}からの抜粋{excerpts}を引用している",
    summary_origins="（独立した情報源{count}件）",
    strengths="強み：{points}。",
    weaknesses="弱み：{points}。",
    none_named="特になし",
    reliable="出典{all}件中{count}件は信頼性A又はB",
    confirmed="抜粋{all}件中{count}件は確度1又は2",
    several_origins="発行元は{count}者",
    unjudged="出典{all}件中{count}件は信頼性を評価できない（F）",
    one_origin="同一の本文を掲載した出典がある（{sources}の情報源は{count}件）",
    undated="出典{all}件中{count}件は日付不明",
    inferred="出典{all}件中{count}件は日付が推定",
    flagged="出典{all}件中{count}件に注意の印がある",
    important="最も多く引用した出典：{sources}。",
    record_annex="点検と出力の記録",
    waived="了承済みの指摘",
    nothing_waived="了承した指摘はない。",
    let="赤の指摘を残したままの出力",
    nothing_let="赤の指摘を残したまま出力したことはない。",
    sent="これまでの出力",
    not_sent="これまでに出力したことはない。",
    check="点検",
    place="箇所",
    whole_brief="資料全体",
    found="指摘の内容",
    reason="了承の理由",
    decided="了承者・日時",
    sent_by="出力者・日時",
    this_export="今回の出力時",
    version="版",
    file="ファイル",
    joint="、",
    grades=(
        ("A", "A（信頼できる）"),
        ("B", "B（おおむね信頼できる）"),
        ("C", "C（かなり信頼できる）"),
        ("D", "D（あまり信頼できない）"),
        ("E", "E（信頼できない）"),
        ("F", "F（評価できない）"),
    ),
)


def phrases(language: str) -> Phrases:
    """Return the phrases of ``language`` (``en`` or ``ja``)."""
    return _JAPANESE if language == "ja" else _ENGLISH
