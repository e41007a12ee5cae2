"""What an empty desk teaches: the first step of each role, in the order in which roles are asked."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from traektoria.people.actor import Actor
from traektoria.people.enums import Role


@dataclass(frozen=True)
class FirstStep:
    """One sentence and one button."""

    role: Role
    sentence: Any  # lazy string
    action: Any  # lazy string
    url_name: str

    @property
    def url(self) -> str:
        """The address, or nothing while the installation has no such page."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


STEPS = (
    FirstStep(
        Role.COORDINATOR,
        _("Load a file of results: suppositions for the teachers follow from it, and supports from them."),
        _("Load results"),
        "results:upload",
    ),
    FirstStep(
        Role.TUTOR,
        _("Propose your support to a teacher. It begins when both of you agree."),
        _("Propose a support"),
        "routes:support_new",
    ),
    FirstStep(
        Role.TEACHER,
        _("Look at your problem field, or name yourself what you would like to do better."),
        _("Open the problem field"),
        "diagnostics:hypothesis_list",
    ),
    FirstStep(
        Role.HEAD,
        _("Here you will find routes that wait for your word. See who of your teachers has tutor support."),
        _("See the supports"),
        "routes:support_list",
    ),
    FirstStep(
        Role.DEPUTY_HEAD,
        _("See who of your teachers has tutor support."),
        _("See the supports"),
        "routes:support_list",
    ),
)


def first_steps(actor: Actor) -> list[FirstStep]:
    """The steps of the person's roles, one for each; a button that leads nowhere is left out."""
    return [step for step in STEPS if step.role in actor.roles and step.url]
