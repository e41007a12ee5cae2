"""Whom a row of ``core.Waiting`` or ``core.Engagement`` is addressed to: one word a person, a place, a role at one.

A role is looked up when the row is read, so that nothing is written when somebody gets or loses it.
"""

from traektoria.people.enums import HEADS, Role

ADMINISTRATOR = Role.ADMINISTRATOR.value
"""Whoever administers the installation."""


def person(person_id: int) -> str:
    """The person, in whatever role."""
    return f"person:{person_id}"


def place(sort: str, number: int) -> str:
    """A place whose time is taken (``core.Engagement``): a «point», a «school», a «centre»."""
    return f"{sort}:{number}"


def of_centre(role: Role, centre_id: int) -> str:
    """Whoever holds the role in the centre."""
    return f"{role.value}:{centre_id}"


def holder(role: Role, centre_id: int, person_id: int) -> str:
    """The person, as long as they hold the role in the centre."""
    return f"{role.value}:{centre_id}:{person_id}"


def heads_of(centre_id: int, school_id: int) -> str:
    """The head and the deputy heads of a school of the centre."""
    return f"heads:{centre_id}:{school_id}"


def of_grant(role: Role, centre_id: int | None, school_id: int | None, person_id: int) -> set[str]:
    """The words under which a person with this role is addressed."""
    if centre_id is None:
        return {ADMINISTRATOR} if role == Role.ADMINISTRATOR else set()
    found = {of_centre(role, centre_id), holder(role, centre_id, person_id)}
    return found | {heads_of(centre_id, school_id)} if role in HEADS and school_id else found
