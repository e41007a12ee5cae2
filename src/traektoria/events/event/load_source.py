"""Dates of events load each tutor who leads on them: given once it was said that they took place, else planned while
they stand and have not begun. Who leads with others has the whole date, once."""

from traektoria.consultations.load.registries import LoadSource, load_sources

_LED = (
    'SELECT l.person_id AS tutor, e.centre_id AS centre, d."start", d."end" AS finish FROM events_eventleader l '
    "JOIN events_event e ON e.id = l.event_id JOIN events_eventdate d ON d.event_id = e.id "
    "WHERE d.state = 'standing' AND "
)
load_sources.add(LoadSource("events_held", 30, f"{_LED} d.held_at IS NOT NULL", planned=False))
load_sources.add(LoadSource("events_planned", 31, f"{_LED} d.held_at IS NULL AND e.state = 'announced'", planned=True))
