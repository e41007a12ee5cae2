"""People: a face of two letters, a name with what is said of it."""

from functools import lru_cache

from markupsafe import Markup, escape

from traektoria.core import typography
from traektoria.core.components.markup import drawn


@lru_cache(maxsize=1024)
def avatar(name: str) -> Markup:
    """Two letters of a person; an icon where the line names a group («тьюторы и учителя», «5 человек»)."""
    if not name[:1].isupper():
        return Markup(f'<span class="avatar" aria-hidden="true">{drawn("users-round")}</span>')
    letters = escape(typography.initials(name))
    tone = sum(map(ord, name)) % 6
    return Markup(f'<span class="avatar avatar--{tone}" aria-hidden="true">{letters}</span>')


def person_line(name: str, note: str = "", url: str = "") -> Markup:
    """A person with a note under the name, and a link where there is a page."""
    named = f'<a href="{escape(url)}">{escape(name)}</a>' if url else f"<span>{escape(name)}</span>"
    under = f"<small>{escape(note)}</small>" if note not in ("", None) else ""
    return Markup(f'<span class="person">{avatar(str(name))}<span>{named}{under}</span></span>')
