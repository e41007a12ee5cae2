"""Hours that were written down load their tutor, withdrawn ones not."""

from traektoria.consultations.load.registries import LoadSource, load_sources

load_sources.add(
    LoadSource(
        "given",
        10,
        'SELECT tutor_id AS tutor, centre_id AS centre, "start", "end" AS finish FROM consultations_consultationhour '
        "WHERE withdrawn_at IS NULL",
        planned=False,
    )
)
