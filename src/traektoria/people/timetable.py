"""What else is at the time that somebody is about to name: said before it is named, and it stops nobody."""

from collections.abc import Collection

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.engagements import EngagementRead, clashes, kinds
from traektoria.core.joined_rows import marks, rows_of
from traektoria.core.models import Engagement, Seen
from traektoria.core.typography import short_day
from traektoria.engines.intervals import Interval
from traektoria.people import addressees
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import short_name

MOST_SHOWN = 6


def clash_sentences(
    actor: Actor,
    people: Collection[int],
    interval: Interval,
    *,
    besides: Model | tuple[str, str] | None = None,
    within: Collection[str] = (),
    more: Collection[Interval] = (),
) -> list[str]:
    """«В это время у вас: …», «Иванова М. П.: занято, 14:00–15:00»; no more than the actor may read. ``within``:
    kinds in which this time may lie; ``more``: other times of the same series, each said with its day. At most two
    queries."""
    if not people:
        return []
    rows = clashes([addressees.person(pk) for pk in sorted(people)], interval, *more, besides=besides)
    found = [row for row in rows if row.kind not in within]
    names = _names({row.person_id for row in found if row.person_id and row.person_id != actor.person_id})
    own: list[str] = []
    others: dict[str, list[str]] = {}
    for row in found:
        hours = f"{short_day(timezone.localtime(row.start))}, {_hours(row)}" if more else _hours(row)
        what = _("%(what)s, %(hours)s") % {"what": _what(row, actor), "hours": hours}
        if row.person_id == actor.person_id:
            own.append(_("At this time you have: %(what)s.") % {"what": what})
        else:
            others.setdefault(what, []).append(names.get(row.person_id or 0, ""))
    said = [f"{', '.join(sorted(set(who)))}: {what}." for what, who in others.items()]
    return list(dict.fromkeys([*own, *said]))[:MOST_SHOWN]


def _what(row: Engagement, actor: Actor) -> str:
    """Of others what it is, is read as in the calendar."""
    kind = kinds().get(row.kind)
    own = row.person_id == actor.person_id
    published = row.seen == Seen.CENTRE and row.centre_id in actor.centre_ids
    if kind is None or not (own or published or actor.has(row.centre_id, Role.COORDINATOR)):
        return _("taken")
    return kind.words(EngagementRead(row.object_id, row.part, row.addressee, row.main, "", row.facts)).title


def _hours(row: Engagement) -> str:
    if row.all_day:
        return _("all day")
    start, end = timezone.localtime(row.start), timezone.localtime(row.end)
    day = f"{short_day(start)}, " if short_day(start) != short_day(end) else ""
    return day + (_("from %(time)s") % {"time": f"{start:%H:%M}"} if row.open_end else f"{start:%H:%M}–{end:%H:%M}")


def _names(people: Collection[int]) -> dict[int, str]:
    if not people:
        return {}
    sql = f"SELECT id, surname, given, patronymic FROM people_person WHERE id IN ({marks(people)})"  # noqa: S608
    return {pk: short_name(*name) for pk, *name in rows_of(sql, *sorted(people))}


def asks_about(people: Collection[int], besides: Model | None = None) -> str:
    """The end of the address from which a form asks of these people (``components/clashes_asked.html``)."""
    asked = [f"who={pk}" for pk in sorted(people)]
    if besides is not None:
        asked.append(f"not={besides._meta.label_lower}:{besides.pk}")
    return f"?{'&'.join(asked)}" if asked else ""
