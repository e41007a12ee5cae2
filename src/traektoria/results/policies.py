"""When a change of datasets makes sense."""

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.typography import short_day
from traektoria.organisations.models import School, TutorCentre
from traektoria.results.models import Dataset


def check_new(centre: TutorCentre, sha256: str) -> None:
    """The same file is taken once. Raises ``Conflict`` that names the dataset which has it."""
    known = Dataset.objects.filter(centre=centre, sha256=sha256).first()
    if known:
        raise AlreadyImported(known)


class AlreadyImported(Conflict):
    """The very same file is there: ``dataset`` has it."""

    def __init__(self, dataset: Dataset) -> None:
        facts = {"dataset": dataset, "file": dataset.source_name, "day": short_day(dataset.imported_at)}
        sentence = _("This file has been loaded already: «%(dataset)s», from «%(file)s», %(day)s.") % facts
        super().__init__(sentence, code="already_imported")
        self.dataset = dataset


def check_served(centre: TutorCentre, school: School | None) -> None:
    """A code is mapped to a school that the centre serves, or to none."""
    if school is not None and not centre.schools().filter(pk=school.pk).exists():
        raise Invalid(_("The centre does not serve this school."), code="foreign_school")


def refuse_deletion(dataset: Dataset, protected: ProtectedError) -> Conflict:
    """Hypotheses stand on the figures: what they cite is kept."""
    facts = {"dataset": dataset, "count": len(protected.protected_objects)}
    return Conflict(
        _("«%(dataset)s» stays: %(count)s records of teachers' problem fields stand on its figures.") % facts,
        code="dataset_in_use",
    )
