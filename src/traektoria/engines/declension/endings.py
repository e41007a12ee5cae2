"""Endings of Russian nouns, adjectives and possessives as names take them; each function gives all five cases at once.

Rules: «Русская грамматика» (1980) §§ 1180–1300, «Справочник по правописанию и литературной правке» (Rosenthal) § 149.
"""

from .letters import syllables
from .model import Case

Forms = dict[Case, str]
OBLIQUE = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)
VELARS, SIBILANTS, CONSONANTS = "гкх", "жшщч", "бвгджзйклмнпрстфхцчшщ"


def _forms(stem: str, *endings: str) -> Forms:
    return {case: stem + ending for case, ending in zip(OBLIQUE, endings, strict=True)}


def fixed(word: str) -> Forms:
    """«Черных», «Шевченко»: one form for all cases."""
    return dict.fromkeys(OBLIQUE, word)


def possessive_man(word: str) -> Forms:
    """«Иванов», «Пушкин»."""
    return _forms(word, "а", "у", "а", "ым", "е")


def possessive_woman(word: str) -> Forms:
    """«Иванова», «Пушкина»."""
    return _forms(word[:-1], "ой", "ой", "у", "ой", "ой")


def adjective_man(word: str) -> Forms:
    """«Белый», «Толстой», «Сухой», «Вишневский», «Рыжий», «Всевышний»."""
    stem, ending = word[:-2], word[-2:]
    if stem[-1] in VELARS or (stem[-1] in SIBILANTS and ending == "ой"):
        return _forms(stem, "ого", "ому", "ого", "им", "ом")
    if ending == "ий":
        return _forms(stem, "его", "ему", "его", "им", "ем")
    return _forms(stem, "ого", "ому", "ого", "ым", "ом")


def adjective_woman(word: str) -> Forms:
    """«Белая», «Сухая», «Рыжая», «Непомнящая», «Зимняя»."""
    stem = word[:-2]
    if word.endswith("яя"):
        return _forms(stem, "ей", "ей", "юю", "ей", "ей")
    vowel = "ей" if stem[-1] in SIBILANTS else "ой"
    return _forms(stem, vowel, vowel, "ую", vowel, vowel)


def noun_in_a(word: str) -> Forms:
    """«Глинка», «Кваша», «Окуджава», «Берия», «Зоря»."""
    stem, last = word[:-1], word[-1]
    if last == "я":
        dative = "и" if stem.endswith("и") and syllables(word) > 2 else "е"
        return _forms(stem, "и", dative, "ю", "ей", dative)
    soft = stem[-1] in VELARS + SIBILANTS
    return _forms(stem, "и" if soft else "ы", "е", "у", "ей" if stem[-1] in SIBILANTS + "ц" else "ой", "е")


def noun_in_consonant(word: str, *, stressed: bool = False) -> Forms:
    """«Блок», «Мицкевич», «Гайдай», «Коваль»; ``stressed``: the ending is, as in «отцом»."""
    stem, last = word[:-1], word[-1]
    if last in "йь":
        prepositional = "и" if word.endswith("ий") and syllables(word) > 1 else "е"
        return _forms(stem, "я", "ю", "я", "ем", prepositional)
    return _forms(word, "а", "у", "а", "ем" if last in SIBILANTS + "ц" and not stressed else "ом", "е")
