"""Dates of Hours of methodical help load each tutor who receives on them, while they stand and have not begun: what was
held is written down as an hour. A tutor who leads a group has one hour, however many come."""

from traektoria.consultations.load.registries import LoadSource, load_sources

load_sources.add(
    LoadSource(
        "dates",
        20,
        'SELECT r.tutor_id AS tutor, d.centre_id AS centre, r."start", r."end" AS finish '
        "FROM consultations_helpdatetutor r JOIN consultations_helpdate d ON d.id = r.date_id "
        "WHERE r.live AND d.state = 'standing'",
        planned=True,
    )
)
