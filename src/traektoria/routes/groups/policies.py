"""Whether the regulation has groups."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.practices import Practice, practices_of


def check_groups(regulation: Regulation) -> None:
    """The regulation has tutors support groups too."""
    if Practice.GROUPS not in practices_of(rules_of(regulation)):
        raise Conflict(_("By the regulation of your centre tutors do not support groups."), code="no_groups")
