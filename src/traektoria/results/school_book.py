"""Schools of a file → schools of the centre: a person's word first, then the digits of the login, then the name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from traektoria.core.text import search_key
from traektoria.organisations.models import School, TutorCentre
from traektoria.results.models import SchoolAlias

Place = tuple[str | None, str]
"""A municipality and the code of a school, as a file has them."""
_LOGIN = re.compile(r"(?:sch|edu)\s*(\d{4,})", re.IGNORECASE)


def school_key(code: str) -> str:
    """One key for one school: «sch990001» and «edu990001» are the same school, case and ё do not matter in names."""
    login = _LOGIN.fullmatch(code.strip())
    return login[1] if login else search_key(code)


@dataclass(frozen=True)
class SchoolBook:
    """How the schools of a centre are called in files. Two queries, made at the first question."""

    centre: TutorCentre

    @cached_property
    def _said(self) -> Mapping[tuple[str, str], int | None]:
        rows = SchoolAlias.objects.filter(centre=self.centre).values_list("code", "municipality", "school_id")
        return {(school_key(code), search_key(district)): school_id for code, district, school_id in rows}

    def _word(self, code: str, municipality: str | None) -> tuple[str, str] | None:
        """What of that which was said is about this school: of its district first, then of any."""
        key = school_key(code)
        asked = ((key, search_key(municipality or "")), (key, ""))
        return next((one for one in asked if one in self._said), None)

    @cached_property
    def _own(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for pk, digits, name, full_name in self.centre.schools().values_list("pk", "digits", "name", "full_name"):
            found |= {search_key(full_name): pk, search_key(name): pk, digits: pk}
        found.pop("", None)
        return found

    def find(self, code: str, name: str = "", municipality: str | None = None) -> int | None:
        """The id of the school, or None for an unknown one and for «not ours»; ``municipality`` as the file has it."""
        key, word = school_key(code), self._word(code, municipality)
        if word is not None:
            return self._said[word]
        return self._own.get(key) or self._own.get(search_key(name))

    def is_not_ours(self, code: str, municipality: str | None = None) -> bool:
        """A person has said that this school is not of the centre."""
        word = self._word(code, municipality)
        return word is not None and self._said[word] is None


def tells_a_school(code: str) -> bool:
    """Whether the code is of one school wherever it stands: a login or its digits, not a name like «СОШ № 1»."""
    return school_key(code).isdecimal()


def schools_of_places(centre: TutorCentre, places: Iterable[Place]) -> dict[Place, int]:
    """(municipality, code) as in files → ids of the centre's schools; unknown ones are left out. Two queries."""
    book = SchoolBook(centre)
    found = {(district, code): book.find(code, "", district) for district, code in places}
    return {place: pk for place, pk in found.items() if pk}


def school_of_code(centre: TutorCentre, code: str) -> School | None:
    """The school of the centre that a file calls ``code``."""
    pk = SchoolBook(centre).find(code)
    return centre.schools().filter(pk=pk).first() if pk else None
