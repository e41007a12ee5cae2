"""What a column of somebody's table probably is: by words in its title, and by what stands in it. A person confirms."""

import re
from collections.abc import Sequence

from traektoria.core.text import search_key

# Key of a column → how its title reads, how its cells read. Words tell more than cells do.
_SIGNS: tuple[tuple[str, str, str], ...] = (
    ("email", r"mail|почт|эл.*адрес", r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    ("login", r"логин|login|учетн", r""),
    (
        "person",
        r"ф\W*и\W*о\b|фамили\w+.*имя|педагог$|учитель$|сотрудник|работник|преподавател",
        r"[а-я-]+ [а-я]+ [а-я]+(вич|вна|ична|оглы|кызы)",
    ),
    ("surname", r"фамил", r"[а-я-]+(ов|ев|ин|ын|ский|ова|ева|ина|ына|ская|енко|ко|ук|юк)"),
    ("patronymic", r"отчеств", r"[а-я]+(вич|вна|ична|инична)"),
    ("given", r"\bимя\b|имена", r""),
    ("category", r"категор|аттестац", r"(высшая|первая|сзд|соответствие\w*|без категории)( .*)?"),
    ("since", r"стаж|начал\w+ .*работ|в педагогике", r"(19[5-9]\d|20[0-2]\d)|\d\d\.\d\d\.\d{4}"),
    (
        "position",
        r"должност|кем работает|ставк",
        r"(учитель|директор|завуч|заместитель|зам|методист|педагог|воспитатель|логопед|тьютор|библиотекарь)\b.*",
    ),
    (
        "subjects",
        r"предмет|дисциплин|что преподает|специальност",
        r"(математика|алгебра|геометрия|русский|литература|история|физика|химия|биология|география|информатика"
        r"|обществознание|английский|начальные|нач|технология|музыка|изо|физ)\b.*",
    ),
    ("classes", r"класс|параллел", r"(1[01]|[1-9])\s*[-/«\"]?\s*([а-я]|(?<=[-/])\d)[»\"]?(\s*[,; ].*)?"),
    ("digits", r"код|логин|инн", r"(sch|edu)?\d{5,12}"),
    (
        "school",
        r"школ|\bоу\b|\bоо\b|организац|учрежден|место работы|гимназ|лице",
        r".*(сош|оош|школа|гимназия|лицей|моу|мбоу|мкоу|маоу)\b.*|(sch|edu)?\d{5,12}",
    ),
    ("full_name", r"полн\w+ наим|полн\w+ назв|по уставу", r".*(учреждение|образовательн).*"),
    ("name", r"наименован|назван|школа|кратк", r".*(сош|оош|школа|гимназия|лицей)\b.*"),
    ("gender", r"^пол\b", r"м|ж|муж\w*|жен\w*"),
    ("role", r"роль", r""),
    ("year", r"учебн\w+ год", r"20\d\d/\d\d(\d\d)?"),
)


def guessed(columns: Sequence[tuple[str, Sequence[str]]], keys: Sequence[str]) -> list[str]:
    """For each column (title, samples) one of ``keys``, each once, or "" where nothing speaks for any."""
    found = [""] * len(columns)
    left = list(keys)
    for by_title in (True, False):
        for key, title_signs, cell_signs in _SIGNS:
            if key not in left:
                continue
            for place, (title, samples) in enumerate(columns):
                if not found[place] and (
                    _titled(title, title_signs) if by_title else _filled_with(samples, cell_signs)
                ):
                    found[place] = key
                    left.remove(key)
                    break
    return found


def _titled(title: str, signs: str) -> bool:
    return re.search(signs, search_key(title)) is not None


def _filled_with(samples: Sequence[str], signs: str) -> bool:
    return bool(signs and samples) and all(re.fullmatch(signs, search_key(sample)) for sample in samples)
