"""Schools of a file → schools of the centre: a person's word first, then the digits of the login, then the name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from traektoria.core.text import search_key
from traektoria.organisations.models import School, TutorCentre
from traektoria.results.models import SchoolAlias

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
    def _said(self) -> Mapping[str, int | None]:
        rows = SchoolAlias.objects.filter(centre=self.centre).values_list("code", "school_id")
        return {school_key(code): school_id for code, school_id in rows}

    @cached_property
    def _own(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for pk, digits, name, full_name in self.centre.schools().values_list("pk", "digits", "name", "full_name"):
            found |= {search_key(full_name): pk, search_key(name): pk, digits: pk}
        found.pop("", None)
        return found

    def find(self, code: str, name: str = "") -> int | None:
        """The id of the school, or None for an unknown one and for «not ours»."""
        key = school_key(code)
        if key in self._said:
            return self._said[key]
        return self._own.get(key) or self._own.get(search_key(name))

    def is_not_ours(self, code: str) -> bool:
        """A person has said that this school is not of the centre."""
        key = school_key(code)
        return key in self._said and self._said[key] is None


def schools_of_codes(centre: TutorCentre, codes: Iterable[str]) -> dict[str, int]:
    """Codes as in files → ids of the centre's schools; unknown codes are left out. Two queries."""
    book = SchoolBook(centre)
    found = {code: book.find(code) for code in codes}
    return {code: pk for code, pk in found.items() if pk}


def school_of_code(centre: TutorCentre, code: str) -> School | None:
    """The school of the centre that a file calls ``code``."""
    pk = SchoolBook(centre).find(code)
    return centre.schools().filter(pk=pk).first() if pk else None
