"""Furniture words of the large European languages, English and Japanese; captions told from the text."""

from __future__ import annotations

import pytest

from briefer.domain.sources import SegmentKind
from briefer.intake.pasted.words import furniture
from tests.unit.intake.conftest import see

TITLE = "Harbour towns agree on a shared pilot service for large freighters"
ONE = (
    "Four harbour towns on the northern coast have agreed to share the pilots who bring large freighters in, "
    "the mayors said after a meeting that lasted until the evening."
)
TWO = (
    "The freighters have grown faster than the towns could train pilots, and two of them had to wait at anchor "
    "for nineteen hours last month because nobody was on duty."
)
THREE = "“We would rather share a pilot than lose a ship,” said the mayor of the smallest of the four towns."
BODY = [ONE, TWO, THREE]


@pytest.mark.parametrize(
    ("menu", "share", "newsletter", "stop"),
    [
        ("Zum Inhalt springen", "Auf Facebook teilen", "Melden Sie sich für unseren Newsletter an", "Das könnte dich auch interessieren"),
        ("Aller au contenu", "Partager l'article", "Inscrivez-vous à la lettre du port", "À lire également"),
        ("Ir al contenido", "Compartir en WhatsApp", "Suscríbete a las noticias del puerto", "Te recomendamos"),
        ("Vai al contenuto", "Condividi su Facebook", "Ricevi le notizie del porto ogni mattina", "Ultime notizie"),
        ("Ir para o conteúdo", "Compartilhe", "Receba as notícias do porto", "Veja também"),
        ("Naar de inhoud", "Deel dit artikel", "Schrijf je in voor het havennieuws", "Ook interessant"),
        ("Przejdź do treści", "Udostępnij na Facebooku", "Zapisz się na wiadomości portowe", "Może cię zainteresować"),
        ("Hoppa till innehåll", "Dela artikeln", "Anmäl dig till hamnbrevet", "Du kanske också gillar"),
        ("Siirry sisältöön", "Jaa Facebookissa", "Tilaa satamakirje", "Sinua saattaisi kiinnostaa"),
        ("Gå til indhold", "Del artiklen", "Tilmeld dig havnebrevet", "Anbefalede artikler"),
        ("Přejít k obsahu", "Sdílet na Facebooku", "Přihlaste se k odběru zpráv z přístavu", "Mohlo by vás zajímat"),
        ("Sari la conținut", "Distribuie pe Facebook", "Abonează-te la știrile portului", "Articole similare"),
        ("Ugrás a tartalomra", "Megosztom", "Iratkozzon fel a kikötői hírekre", "Kapcsolódó cikkek"),
        ("Μετάβαση στο περιεχόμενο", "Κοινοποίηση", "Εγγραφείτε στα νέα του λιμανιού", "Σχετικά άρθρα"),
        ("Перейти к содержанию", "Поделиться", "Подпишитесь на новости порта", "Читайте также"),
        ("Перейти до вмісту", "Поділитися", "Підпишіться на новини порту", "Схожі новини"),
        ("İçeriğe geç", "Paylaş", "Abone ol, liman haberlerini kaçırma", "İlgili haberler"),
        ("Skip to content", "Share this story", "Click here to subscribe to harbour news", "Next Up In Harbours"),
        ("本文へスキップ", "シェアする", "アプリをダウンロードして港の今を知る", "こちらの記事もおすすめ"),
    ],
)  # fmt: skip
def test_furniture_words(menu: str, share: str, newsletter: str, stop: str) -> None:
    assert furniture().why(menu) == "menu"
    assert furniture().why(share) == "share buttons"
    assert furniture().why(newsletter) == "newsletter"
    assert furniture().stop_heading(stop) == "related stories"
    seen = see(
        "\n\n".join([menu, TITLE, *BODY, share, newsletter, stop, "Ferry strike enters its second day"])
    )
    seen.assert_whole()
    assert seen.body == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Tento web používá cookies, aby správně fungoval.",
        "Acest site utilizează cookie-uri pentru a funcționa.",
        "Ez az oldal sütiket használ a működéshez.",
        "Ο ιστότοπος χρησιμοποιεί cookies για να λειτουργεί.",
        "Наш сайт использует cookie для работы.",
        "Цей сайт використовує cookie для роботи.",
        "Bu site çerez kullanmaktadır; ayrıntılar aşağıdadır.",
        "Este site usa cookies para funcionar.",
    ],
)
def test_cookie_notices(line: str) -> None:
    assert furniture().why(line) == "cookie notice"


@pytest.mark.parametrize(
    "line",
    [
        "The privacy of fishermen was the subject of the second meeting.",
        "Discussion",
        "Terms",
        "Die Diskussion dauerte bis in den Abend.",
        "La lettre du maire est arrivée le soir.",
        "残り二隻は沖合で待機を続けている。",
        "La comunicación llegó a las cuatro ciudades por correo.",
    ],
)
def test_sentences_and_headings_are_no_furniture(line: str) -> None:
    assert furniture().why(line) == ""
    assert furniture().stop_heading(line) == ""


@pytest.mark.parametrize(
    "caption",
    [
        "Image caption The pilots of the smallest town at dawn",
        "【写真】沖合で待機する大型貨物船",
        "Symbolbild: Ein Lotse an Bord",
    ],
)
def test_captions_between_paragraphs(caption: str) -> None:
    seen = see(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\n{caption}\n\n{THREE}\n\n{ONE.replace('Four', 'Five')}")
    assert caption not in seen.body
    assert len(seen.body) == 4


def test_japanese_caption_byline_and_date() -> None:
    title = "港湾四市が水先人の共同運用で合意"
    one = "北海岸の港湾四市は、大型貨物船を案内する水先人を共同で運用することで合意した。市長らが会合の後に明らかにした。"
    two = "貨物船の大型化に人材の育成が追いつかず、先月は二隻が十九時間にわたり沖合での待機を強いられていた。"
    three = "最も小さい市の市長は「船を失うよりは水先人を分け合う方がよい」と述べ、来年度からの実施に期待を示した。"
    seen = see(
        f"本文へスキップ\n{title}\n2025年12月17日 午後3時15分\n文・山田花子\n{one}\n沖合で待機する貨物船＝12月3日（共同）\n{two}\n{three}\nシェアする"
    )
    seen.assert_whole()
    assert seen.body == [one, two, three]
    assert seen.of(SegmentKind.CAPTION) == ["沖合で待機する貨物船＝12月3日（共同）"]
    assert seen.of(SegmentKind.BYLINE) == ["文・山田花子"]
    assert seen.capture.published.value == "2025-12-17"
