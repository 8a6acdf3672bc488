from __future__ import annotations

from pathlib import Path

import pytest

from briefer.intake import language
from briefer.intake.language import guess_language, language_of


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The mayors of the four towns have agreed to share the pilots that bring freighters in."),
        ("ja", "港湾四市は水先人を共同で運用することで合意した。"),
        ("zh", "四个港口城市同意共同使用大型货船的引航员。"),
        ("ko", "네 항구 도시는 도선사를 공동으로 운영하기로 합의했다."),
        ("ru", "Мэры четырёх городов договорились о совместной службе лоцманов."),
        ("uk", "Мери чотирьох міст домовилися про спільну службу лоцманів і її фінансування."),
        (
            "de",
            "Die Bürgermeister der vier Städte haben sich auf einen gemeinsamen Dienst für die Lotsen geeinigt.",
        ),
        (
            "fr",
            "Les maires des quatre villes se sont mis d'accord sur un service commun de pilotage pour les cargos.",
        ),
        (
            "es",
            "Los alcaldes de las cuatro ciudades han acordado compartir el servicio de los pilotos del puerto.",
        ),
        (
            "it",
            "I sindaci delle quattro città hanno deciso di condividere il servizio dei piloti che la costa non ha.",
        ),
        (
            "nl",
            "De burgemeesters van de vier steden hebben besloten dat het een gezamenlijke dienst van loodsen wordt.",
        ),
        (
            "pl",
            "Burmistrzowie czterech miast zgodzili się na wspólną służbę pilotów, która jest w porcie od roku i nie tylko.",
        ),
        (
            "fi",
            "Neljän kaupungin pormestarit sopivat, että luotsit ovat yhteisiä ja että se on myös halvempaa kuin ennen.",
        ),
        (
            "sv",
            "Borgmästarna i de fyra städerna har kommit överens om att dela på lotsarna och det är en lättnad för hamnen.",
        ),
        ("pt", "Os presidentes das quatro câmaras chegaram a acordo sobre um serviço comum de pilotagem."),
        ("da", "Borgmestrene i de fire byer er blevet enige om at dele lodserne, og det er en lettelse."),
        (
            "no",
            "Ordførerne i de fire byene er blitt enige om å dele på losene, og det er en lettelse for havna.",
        ),
        ("cs", "Starostové čtyř měst se dohodli na společné lodivodské službě, která začne na jaře."),
        ("tr", "Dört kentin belediye başkanları ortak bir kılavuzluk hizmeti konusunda anlaştı."),
        ("el", "Οι δήμαρχοι των τεσσάρων πόλεων συμφώνησαν για κοινή υπηρεσία πλοηγών."),
        ("ar", "اتفق رؤساء بلديات المدن الأربع على خدمة مشتركة للمرشدين البحريين."),
        ("en", "Harbour towns share pilots"),
        ("de", "Hafenstädte teilen sich Lotsen"),
        ("ja", "共同声明の発表について"),
        ("en", "See https://example.org/a for the mayors' decision of 17.12.2025 about the harbour."),
    ],
)
def test_language(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "12345", "Xyzzy plugh", "OK", "https://example.org/", "\ud800"])
def test_unsure(text: str) -> None:
    assert language_of(text) == ""


def test_how_sure_it_is() -> None:
    whole, sure = guess_language(
        "The mayors of the four towns have agreed to share the pilots of the harbour."
    )
    short, unsure = guess_language("Pilots: harbour Lotsen port")
    assert whole == "en"
    assert 0.0 <= unsure < sure <= 1.0
    assert short in {"", "en", "de"}


@pytest.mark.allow_log
def test_without_the_model_languages_stay_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    language._model.cache_clear()
    monkeypatch.setattr("briefer.assets.resources", lambda: tmp_path)
    assert language_of("The mayors of the four towns have agreed.") == ""
    assert "No language model" in caplog.text
    language._model.cache_clear()
