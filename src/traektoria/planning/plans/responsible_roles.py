"""Who is meant by the responsible of a plan, as plans name them: roles of the centre; persons are chosen by hand."""

import re
from typing import Final

from traektoria.people.enums import Role

_WORDS: Final = (
    (Role.COORDINATOR, re.compile(r"методист|тьюторский центр|методическ\w+ (?:служб|центр|отдел)|координатор|мтц\b")),
    (Role.DEPUTY_HEAD, re.compile(r"завуч|заместител\w+ (?:директор|руководител)|зам\.? ?директор")),
    (Role.TUTOR, re.compile(r"тьютор(?!ск\w+ центр|ант)")),
    (Role.HEAD, re.compile(r"(?<!заместитель )(?<!заместители )(?:руководител|директор)\w*")),
)


def roles_meant(text: str) -> list[Role]:
    """«Методисты МКУ «МЦ СДПО», сообщество тьюторов» → coordinator, tutor. What is not known is left out: the words
    stay in the plan as they are."""
    found = []
    for role, pattern in _WORDS:
        parts = [part for part in re.split(r"[,;]", text.lower()) if pattern.search(part)]
        if role is Role.HEAD:
            parts = [part for part in parts if not _WORDS[1][1].search(part)]
        if parts:
            found.append(role)
    return found
