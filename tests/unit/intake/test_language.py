from __future__ import annotations

import pytest

from briefer.intake.language import language_of


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
    ],
)
def test_language(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "12345", "Xyzzy plugh"])
def test_unsure(text: str) -> None:
    assert language_of(text) == ""
