"""Components of the house: typed functions that return markup, called from any template. Live examples: /design/.

What pages are made of besides (classes of CSS, blocks of ``base.html``) is told in ``docs/templates.md``.
"""

from collections.abc import Callable
from typing import Any, Final

from traektoria.core.components.buttons import blocked_button, icon_link, link_button, paper_buttons, submit
from traektoria.core.components.calendar import hours_cells
from traektoria.core.components.forms import asks_here, autosave_state, error_summary, filters, form_keys, form_note
from traektoria.core.components.history import comments, desk_line, timeline
from traektoria.core.components.markup import icon
from traektoria.core.components.navigation import breadcrumbs, new_count, pagination, tab, tab_bar, waiting_count
from traektoria.core.components.people import avatar, person_line
from traektoria.core.components.status import chip, deadline, progress, share_of, stat, stat_count, step_bar
from traektoria.core.components.surfaces import boxed, card, confirm, empty, fold, in_zone, notice

BY_SUBJECT: Final[dict[str, tuple[Callable[..., Any], ...]]] = {
    "buttons": (link_button, submit, icon_link, blocked_button, paper_buttons),
    "surfaces": (card, notice, empty, confirm, fold, boxed, in_zone),
    "status": (chip, deadline, share_of, progress, step_bar, stat, stat_count),
    "people": (avatar, person_line),
    "navigation": (breadcrumbs, tab_bar, tab, pagination, waiting_count, new_count),
    "forms": (form_keys, error_summary, form_note, autosave_state, filters, asks_here),
    "history": (timeline, comments, desk_line),
    "calendar": (hours_cells,),
    "icons": (icon,),
}
COMPONENTS: Final = {one.__name__: one for group in BY_SUBJECT.values() for one in group}
"""Name in a template → function."""
