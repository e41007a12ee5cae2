"""Anybody of these roles: for whom a statement is written once (``prepared_statements``) and then run for each person.

What asks an actor only where they hold a role and who they are (``visible_to`` of the rooms) says the same of anybody,
with ``Given`` in the places of numbers.
"""

from functools import cached_property
from typing import Any, NoReturn

from traektoria.core.prepared_statements import Given, Numbers
from traektoria.people.actor import Actor, Grant
from traektoria.people.enums import Role


class Anybody(Actor):
    """Holds the roles; where, and who it is, comes with the person (``given_of``)."""

    def centres(self, *roles: Role) -> Any:
        return Numbers("centres", *roles) if self.roles & {*roles} else frozenset()

    def schools(self, *roles: Role) -> Any:
        return Numbers("schools", *roles) if self.roles & {*roles} else frozenset()

    @property
    def today(self) -> Given:
        return Given("today")

    def has(self, centre_id: int | None, *roles: Role) -> NoReturn:
        raise TypeError("Whether anybody holds a role in one centre is not known: ask the database.")

    def follows(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("Which centres of anybody have a practice is not known: give their numbers.")

    @cached_property
    def centre_ids(self) -> Any:
        return Numbers("centre_ids")


def anybody(roles: frozenset[Role]) -> Anybody:
    """Who holds these roles and no other."""
    grants = tuple(Grant(role, None, "", None, None, None) for role in sorted(roles))
    me: Any = Given("me")
    return Anybody(0, me, "", grants)


def given_of(actor: Actor) -> dict[str, Any]:
    """What a statement for anybody of the person's roles is run with."""
    own = {"me": actor.person_id, "today": actor.today, "centre_ids": actor.centre_ids}
    return {**own, "centres": actor.centres, "schools": actor.schools}
