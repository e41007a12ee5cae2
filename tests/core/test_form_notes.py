"""Every form that asks people for something says, inside the form, how long it takes and who sees it.

Read from the templates, so that forms of rare states count too; the pages of the permission matrix are asked again as
they are drawn (``tests/acceptance/test_forms_say.py``).
"""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "src/traektoria/templates"
FORM = re.compile(r"<form\b(?:[^>%{]|%(?!})|{(?!%)|{%.*?%})*>.*?</form>", re.DOTALL)
ASKS = re.compile(
    r"\{\{ ?\w*forms?\b(?!\.\w+\.(?:id_for_label|errors|value))|as_field_group|<textarea|<select|fields\.html"
    r'|<input(?![^>]*type="(?:hidden|submit|search)")'
)
SAYS_NOTHING = {
    "account/login.html": "signing in shows nothing to anybody",
    "diagnostics/bank/item.html": "an answer that is tried is kept nowhere, as its hint says",
}


def _forms() -> list[tuple[str, str]]:
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        for match in FORM.finditer(path.read_text()):
            if re.search(r'method="post"', match[0][:400]) and ASKS.search(match[0]):
                found.append((path.relative_to(TEMPLATES).as_posix(), match[0]))
    return found


@pytest.mark.parametrize(("name", "form"), _forms(), ids=[f"{n}-{i}" for i, (n, _f) in enumerate(_forms())])
def test_form_says_its_minutes_and_who_sees_it(name: str, form: str) -> None:
    assert name in SAYS_NOTHING or re.search(r"\{\{ form_note\(\s*minutes=[\w.]+, seen_by=", form), form[:300]
