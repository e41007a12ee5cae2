"""``traektoria import_results FILE… [--procedure --year --subject --grade --school] [--centre ID|NAME] [--json]``."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.core.named_files import NO_FILE, unopened
from traektoria.engines.results import subject_slugs
from traektoria.engines.results.dirt import INFORMATION
from traektoria.organisations.actions import open_centre
from traektoria.organisations.models import Municipality, Region, TutorCentre
from traektoria.results.actions import ImportOutcome, import_any
from traektoria.results.dataset_import import mark_counts
from traektoria.results.models import Procedure, TaskSpecification
from traektoria.results.receipts import replacement
from traektoria.results.refusals import AnswersNeeded, differing_sentence
from traektoria.results.wording import BASES, DIRT, HIDDEN, LAYOUTS

ANSWERS = ("procedure", "year", "subject", "grade", "school", "basis")
DEFAULT_CENTRE = "Центр по умолчанию"


class Command(BaseCommand):
    help = "Import files of results, and of specifications. A refused file is said why; the others are imported."

    requires_system_checks: list[str] = []  # they load every page of the server: a second for the file of a class

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--procedure", choices=Procedure.values)
        parser.add_argument("--year", type=int)
        parser.add_argument("--subject", choices=subject_slugs())
        parser.add_argument("--grade", type=int, choices=range(1, 12), metavar="1…11")
        parser.add_argument("--school", help="code of the school, where the file has no column for it")
        parser.add_argument("--basis", choices=[*BASES], help="which points count: stated totals or sums of tasks")
        parser.add_argument("--centre", help="id or name; not needed where there is one centre")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON list on standard output")

    def handle(self, *, files: list[Path], centre: str | None, as_json: bool, **options: Any) -> None:
        owner = centre_named(centre)
        answers = {name: options[name] for name in ANSWERS if options[name] is not None}
        reports = [_import(path, owner, answers) for path in files]
        if as_json:
            self.stdout.write(json.dumps(reports, ensure_ascii=False, indent=1))
        for report in reports:
            if "error" in report:
                self.stderr.write(_said(report))
            elif not as_json:
                self.stdout.write(_line(report))
        codes = {report["error"]["code"] for report in reports if "error" in report}
        if codes:
            sys.exit(NO_FILE if "no_file" in codes else 1)


def _said(report: dict[str, Any]) -> str:
    message: str = report["error"]["message"]
    return message if report["error"]["code"] == "no_file" else f"{report['file']}: {message}"


def centre_named(asked: str | None) -> TutorCentre:
    """The centre that owns the datasets. An empty database gets one with a plain name, to look at a file at once."""
    if asked:
        found = (
            TutorCentre.objects.filter(pk=int(asked)) if asked.isdecimal() else TutorCentre.objects.filter(name=asked)
        )
        if len(found) != 1:
            raise CommandError(_("There is no centre «%(name)s».") % {"name": asked})
        return found[0]
    centres = list(TutorCentre.objects.all()[:2])
    if len(centres) > 1:
        raise CommandError(_("There are several centres: say which with --centre."))
    return centres[0] if centres else _default_centre()


def _default_centre() -> TutorCentre:
    region = Region.objects.get_or_create(code="00", defaults={"name": "Регион не указан"})[0]
    municipality = Municipality.objects.get_or_create(region=region, name="Муниципалитет не указан")[0]
    return open_centre(
        municipality=municipality, name=DEFAULT_CENTRE, preset="yamal", start=timezone.localdate(), by=None
    )


def _import(path: Path, centre: TutorCentre, answers: dict[str, Any]) -> dict[str, Any]:
    try:
        outcome = import_any(centre=centre, content=path.read_bytes(), filename=path.name, by=None, answers=answers)
    except OSError as error:
        return {"file": str(path), "error": {"code": "no_file", "message": unopened(path, error)}}
    except AnswersNeeded as needed:
        options = " ".join(f"--{name}" for name in needed.missing)
        why = differing_sentence(needed.seen)
        message = " ".join(filter(None, [needed.sentence, why, _("Say it by options:"), options]))
        return {"file": str(path), "error": {"code": needed.code, "message": message, "missing": list(needed.missing)}}
    except DomainError as error:
        return {"file": str(path), "error": {"code": error.code, "message": error.sentence}}
    return _report(path, outcome) if isinstance(outcome, ImportOutcome) else _specified(path, outcome)


def _specified(path: Path, work: TaskSpecification) -> dict[str, Any]:
    facts = {name: getattr(work, name) for name in ("procedure", "year", "subject", "grade")}
    counts = {"tasks": work.tasks.count(), "codes": work.codifier.count()}
    return {"file": str(path), "specification": work.pk, "kind": "specification", **facts, **counts}


def _report(path: Path, outcome: ImportOutcome) -> dict[str, Any]:
    dataset, meta = outcome.dataset, outcome.meta
    return {
        "file": str(path),
        "dataset": dataset.pk,
        "folder": str(dataset.path),
        "kind": dataset.kind,
        **{name: getattr(dataset, name) for name in ("layout", "procedure", "year", "subject", "grade", "rows")},
        "rows_by_kind": meta["rows"],
        "shown": dataset.is_shown,
        "replaces": [old.pk for old in outcome.replaces],
        "replacement": replacement(outcome),
        "participants": dataset.participants,
        "tasks": dataset.tasks,
        "max_primary": dataset.max_primary,
        "score_basis": meta.get("score_basis"),
        "differing_rows": meta.get("differing", 0),
        "scale": meta.get("scale"),
        "marks": {"basis": meta.get("mark_basis"), "counts": mark_counts(dataset)},
        "dirt": dataset.dirt,
        "warnings": [
            f"{DIRT[kind][0]}: {count}. {DIRT[kind][1]}"
            for kind, count in dataset.dirt.items()
            if kind not in INFORMATION
        ]
        + [_("We know no scale of this work, so it has no marks: enter it with «traektoria mark_scale».")]
        * outcome.lacks_marks,
        "unknown_schools": list(outcome.unknown),
    }


def _line(report: dict[str, Any]) -> str:
    if "specification" in report:
        work = ", ".join(str(report[name]) for name in ("procedure", "year", "subject", "grade"))
        return f"{report['file']}: {_('The specification is loaded: %(work)s.') % {'work': work}}"
    facts = [LAYOUTS[report["layout"]], report["procedure"], report["year"], report["subject"], report["grade"]]
    head = f"{report['file']}: {_('dataset')} {report['dataset']}, {', '.join(map(str, facts))}"
    participants = HIDDEN if report["participants"] is None else report["participants"]
    counts = f"{_('rows')} {report['rows']}, {_('participants')} {participants}"
    return "\n  ".join(filter(None, [head, counts, report["replacement"], *report["warnings"]]))
