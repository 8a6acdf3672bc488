"""Capitals that stand for their governments, and cities where people meet, in English and Japanese."""

from __future__ import annotations

_ENGLISH = """
Abu Dhabi|Abuja|Accra|Addis Ababa|Algiers|Amman|Amsterdam|Ankara|Astana|Athens|Baghdad|Baku|Bamako|Bangkok|Beijing|Beirut|Belgrade
Berlin|Bern|Bogota|Bogotá|Brasilia|Brasília|Bratislava|Brussels|Bucharest|Budapest|Buenos Aires|Cairo|Canberra|Caracas|Chisinau|Colombo
Copenhagen|Dakar|Damascus|Dar es Salaam|Dhaka|Dili|Doha|Dublin|Geneva|Hanoi|Harare|Havana|Helsinki|Islamabad|Jakarta|Jerusalem
Kabul|Kampala|Kathmandu|Khartoum|Kigali|Kinshasa|Kuala Lumpur|Kuwait City|Kyiv|Kiev|Lima|Lisbon|Ljubljana|London|Luanda|Lusaka|Madrid
Manila|Maputo|Mexico City|Minsk|Montevideo|Moscow|Muscat|Nairobi|Naypyidaw|Naypyitaw|New Delhi|Nicosia|Nuku'alofa|Nur-Sultan|Oslo|Ottawa
Paris|Phnom Penh|Port Moresby|Prague|Pretoria|Putrajaya|Pyongyang|Quito|Rabat|Reykjavik|Riga|Riyadh|Rome|San Jose|Santiago
Sanaa|Sarajevo|Seoul|Skopje|Sofia|Stockholm|Suva|Taipei|Tallinn|Tashkent|Tbilisi|Tehran|The Hague|Thimphu|Tirana|Tokyo|Tripoli|Tunis
Ulaanbaatar|Vienna|Vientiane|Vilnius|Warsaw|Washington|Washington, D.C.|Wellington|Windhoek|Yaounde|Yerevan|Zagreb
Adelaide|Almaty|Auckland|Bali|Bangalore|Barcelona|Basel|Belém|Belem|Bengaluru|Brisbane|Busan|Calgary|Casablanca|Chennai|Chicago|Chongqing|Da Nang|Darwin|Davos|Detroit|Dubai|Frankfurt
Guangzhou|Gyeongju|Hamburg|Ho Chi Minh City|Honolulu|Houston|Hsinchu|Hyderabad|Incheon|Istanbul|Jeddah|Johannesburg|Kananaskis|Kaohsiung|Karachi|Kharkiv|Kolkata|Lagos|Los Angeles
Lyon|Mandalay|Marseille|Melbourne|Milan|Mumbai|Munich|Naples|New York|Novosibirsk|Odesa|Odessa|Penang|Perth|Ramallah|Rio de Janeiro|Rotterdam|San Francisco|Sao Paulo|Shanghai|Shenzhen
St. Petersburg|Subic|Surabaya|Sydney|Taichung|Tel Aviv|Toronto|Turin|Urumqi|Vancouver|Vladivostok|Wuhan|Yangon|Zurich|Zürich
"""
_JAPANESE = """
アブダビ|アブジャ|アンカラ|アスタナ|アテネ|バグダッド|バンコク|北京|ベイルート|ベオグラード|ベルリン|ベルン|ブラジリア|ブリュッセル|ブカレスト|ブダペスト|ブエノスアイレス
カイロ|キャンベラ|カラカス|コロンボ|コペンハーゲン|ダマスカス|ダッカ|ディリ|ドーハ|ダブリン|ハノイ|ハバナ|ヘルシンキ|イスラマバード|ジャカルタ|エルサレム
カブール|カトマンズ|クアラルンプール|キーウ|キエフ|リマ|リスボン|ロンドン|マドリード|マニラ|メキシコシティ|ミンスク|モスクワ|マスカット|ナイロビ|ネピドー|ニューデリー
オスロ|オタワ|パリ|プノンペン|ポートモレスビー|プラハ|プレトリア|平壌|ピョンヤン|リガ|リヤド|ローマ|サンティアゴ|ソウル|ソフィア|ストックホルム|台北|タリン|タシケント
トビリシ|テヘラン|ハーグ|東京|ウランバートル|ウィーン|ビエンチャン|ビリニュス|ワルシャワ|ワシントン|ウェリントン|ジュネーブ
上海|深圳|深セン|広州|武漢|ウルムチ|香港|台中市|高雄|新竹|釜山|仁川|慶州|ホーチミン市|ダナン|ヤンゴン|スラバヤ|バリ島|ムンバイ|チェンナイ|ベンガルール|ハイデラバード|カラチ|ドバイ|ジッダ|テルアビブ|イスタンブール
ウラジオストク|サンクトペテルブルク|ノヴォシビルスク|アルマトイ|オデーサ|ハルキウ|ミュンヘン|フランクフルト|ハンブルク|ミラノ|バルセロナ|チューリヒ|チューリッヒ|バーゼル|ダボス|ロッテルダム|シドニー|メルボルン|パース|ブリスベン
ダーウィン|オークランド|ニューヨーク|シカゴ|ロサンゼルス|デトロイト|ホノルル|サンフランシスコ|トロント|バンクーバー|カナナスキス|サンパウロ|リオデジャネイロ|ヨハネスブルグ|ラゴス|カサブランカ
"""

CAPITALS = frozenset(
    name for line in (_ENGLISH + _JAPANESE).splitlines() for name in line.strip().split("|") if name
)
