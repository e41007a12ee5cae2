"""Names and posts of an act as they were when it was signed and when the school read it (``Audit.printed``)."""

from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Any, Final

from django.utils import timezone, translation
from pydantic import TypeAdapter

from traektoria.core.boxes import readable, sentence
from traektoria.core.errors import Conflict
from traektoria.organisations import zones
from traektoria.people.actor import in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import AUDITORS


@dataclass(frozen=True)
class SignedName:
    name: str
    post: str = ""


@dataclass(frozen=True)
class ActFacts:
    day: date
    zone: str
    centre: str
    place: str
    school: str
    auditors: tuple[SignedName, ...]
    reader: SignedName | None = None

    @property
    def clock(self) -> tzinfo:
        return zones.zone(self.zone)


_AS_JSON: Final = TypeAdapter(ActFacts)


def to_sign(audit: Audit) -> dict[str, Any]:
    """What is kept with the signature. Russian, whatever the language of the one who signs: it is printed."""
    people = [row.person for row in audit.auditors.select_related("person")]
    with translation.override("ru"):
        posts = _posts(audit, [one.pk for one in people])
        zone = audit.centre.municipality.time_zone
        facts = ActFacts(
            day=timezone.localdate(timezone=zones.zone(zone)),
            zone=zone,
            centre=audit.centre.full_name or audit.centre.name,
            place=audit.centre.municipality.name,
            school=audit.school.paper_name,
            auditors=tuple(SignedName(one.short_name, posts.get(one.pk, "")) for one in people),
        )
    return _kept(facts)


def with_reader(audit: Audit, person_id: int) -> dict[str, Any]:
    """The same, with who has read it for the school."""
    rows = RoleAssignment.objects.filter(in_force(timezone.localdate()), centre=audit.centre_id, school=audit.school_id)
    with translation.override("ru"):
        row = rows.filter(role__in=HEADS, person=person_id).select_related("person").first()
        reader = SignedName(row.person.short_name, str(Role(row.role).label)) if row else None
    return _kept(replace(kept_facts(audit), reader=reader))


def kept_facts(audit: Audit) -> ActFacts:
    """Raises ``Conflict`` where they can't be read: an act is whole or not shown."""
    facts = readable("act of an audit", lambda: _AS_JSON.validate_python(audit.printed), None)
    if facts is None:
        raise Conflict(sentence(), code="unreadable")
    return facts


def _kept(facts: ActFacts) -> dict[str, Any]:
    found: dict[str, Any] = _AS_JSON.dump_python(facts, mode="json")
    return found


def _posts(audit: Audit, people: list[int]) -> dict[int, str]:
    """«тьютор», «заместитель директора, СОШ № 2»: as what they are auditors. One query."""
    rows = RoleAssignment.objects.filter(in_force(timezone.localdate()), centre=audit.centre_id, person__in=people)
    found: dict[int, str] = {}
    order = {role: place for place, role in enumerate(AUDITORS)}
    wanted = rows.filter(role__in=AUDITORS).select_related("school")
    for row in sorted(wanted, key=lambda row: (order[Role(row.role)], row.pk)):
        school = f", {row.school.name}" if row.school_id and row.school else ""
        found.setdefault(row.person_id, f"{Role(row.role).label}{school}")
    return found
