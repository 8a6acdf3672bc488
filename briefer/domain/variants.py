"""Old and new forms of kanji that are the same character to a reader who searches.

The pairs are those of Japan's table of characters for general use (常用漢字表, Cabinet notice 2 of 2010), which
gives the form before the reforms of 1946 and 1949 in brackets, and a few that names and print still use. Those that
Unicode has as compatibility characters are left out: NFKC folds them.
"""

from __future__ import annotations

_OLD_AND_NEW = (
    "亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 圓円 鹽塩 緣縁 艷艶 應応 歐欧 毆殴 櫻桜 奧奥 橫横 溫温 穩穏 假仮 價価 畫画 會会 繪絵 壞壊 懷懐 槪概 "
    "擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 勸勧 卷巻 寬寛 關関 歡歓 觀観 顏顔 歸帰 氣気 龜亀 僞偽 戲戯 犧犠 舊旧 據拠 擧挙 虛虚 峽峡 挾挟 敎教 强強 鄕郷 曉暁 區区 驅駆 "
    "勳勲 薰薫 徑径 惠恵 揭掲 溪渓 經経 繼継 莖茎 螢蛍 輕軽 鷄鶏 藝芸 擊撃 缺欠 硏研 縣県 儉倹 劍剣 險険 圈圏 檢検 獻献 權権 顯顕 驗験 嚴厳 效効 廣広 恆恒 黃黄 鑛鉱 "
    "號号 國国 黑黒 碎砕 濟済 齋斎 劑剤 册冊 雜雑 參参 慘惨 棧桟 蠶蚕 贊賛 殘残 絲糸 姊姉 齒歯 兒児 辭辞 濕湿 實実 寫写 釋釈 壽寿 收収 從従 澁渋 獸獣 縱縦 肅粛 處処 "
    "緖緒 敍叙 尙尚 奬奨 將将 涉渉 燒焼 稱称 證証 乘乗 剩剰 壤壌 孃嬢 條条 淨浄 疊畳 穰穣 讓譲 釀醸 觸触 囑嘱 寢寝 愼慎 晉晋 眞真 盡尽 圖図 粹粋 醉酔 穗穂 隨随 髓髄 "
    "數数 樞枢 瀨瀬 淸清 靑青 聲声 靜静 齊斉 攝摂 竊窃 專専 戰戦 淺浅 潛潜 纖繊 踐践 錢銭 禪禅 雙双 壯壮 搜捜 插挿 爭争 窗窓 總総 聰聡 莊荘 裝装 騷騒 增増 藏蔵 臟臓 "
    "卽即 屬属 續続 墮堕 體体 對対 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単 擔担 膽胆 團団 彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁 徵徴 聽聴 敕勅 鎭鎮 遞逓 鐵鉄 轉転 點点 "
    "傳伝 黨党 盜盗 燈灯 當当 鬭闘 德徳 獨独 讀読 屆届 繩縄 貳弐 惱悩 腦脳 霸覇 廢廃 拜拝 賣売 麥麦 發発 髮髪 拔抜 晚晩 蠻蛮 祕秘 濱浜 甁瓶 拂払 佛仏 倂併 竝並 變変 "
    "邊辺 邉辺 步歩 寶宝 豐豊 沒没 飜翻 每毎 萬万 滿満 麵麺 默黙 彌弥 戾戻 藥薬 譯訳 與与 豫予 餘余 譽誉 搖揺 樣様 謠謡 遙遥 來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 "
    "壘塁 淚涙 勵励 禮礼 隸隷 靈霊 齡齢 曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 樓楼 錄録 灣湾 槇槙 堯尭 巖巌 曾曽 嶋島 髙高 﨑崎 濵浜 脫脱 說説 稅税 閱閲 悅悦 鷗鴎 讚讃 輛両 "
    "潑溌 頰頬 塡填 剝剥 噓嘘 屛屏 幷并 摑掴 攪撹 甕瓮 繫繋 萊莱 蔣蒋 蠟蝋 醬醤 鹼鹸 "
)

NEW_FORMS = str.maketrans({pair[0]: pair[1] for pair in _OLD_AND_NEW.split()})
"""For ``str.translate``: each old form to its new one."""
