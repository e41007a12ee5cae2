"""``traektoria mark_scale --procedure oge --year 2026 --subject math --grade 9 --marks 8 15 22``: a scale."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.engines.results import Condition, subject_slugs
from traektoria.results.actions import enter_scale, take_back_scale
from traektoria.results.management.commands.import_results import centre_named
from traektoria.results.models import WORK, Procedure, WorkScale
from traektoria.results.new_marks import Marked
from traektoria.results.scales import entered, named_tasks
from traektoria.results.wording import MARKED


class Command(BaseCommand):
    help = (
        "Say from which points on a mark is given, for the centre's files of a work: those to come and those that are. "
        "Files that readers see keep their marks where new ones would tell about a few pupils."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--procedure", required=True, choices=Procedure.values)
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--subject", required=True, choices=subject_slugs())
        parser.add_argument("--grade", required=True, type=int, choices=range(1, 12), metavar="1…11")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--marks", type=int, nargs=3, metavar=("«3»", "«4»", "«5»"))
        what.add_argument("--take-back", action="store_true", help="the centre wants no scale of its own any more")
        parser.add_argument("--max", type=int, dest="maximum", help="the highest score of the work")
        parser.add_argument(
            "--condition",
            action="append",
            default=[],
            metavar="MARK:POINTS:TASKS[:NAME]",
            help="what a mark needs besides, for example 3:2:15-19,23-25:геометрия; may be repeated",
        )
        parser.add_argument("--source", default="", help="where the scale is from")
        parser.add_argument("--centre", help="id or name; not needed where there is one centre")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, centre: str | None, marks: list[int] | None, as_json: bool, **options: Any) -> None:
        owner = centre_named(centre)
        work = {name: options[name] for name in WORK}
        try:
            if marks is None:
                if entered(owner, work) is None:
                    raise CommandError(_("The centre has entered no scale of this work."))
                self._say(None, take_back_scale(centre=owner, work=work, by=None), as_json)
                return
            conditions = [_condition(text) for text in options["condition"]]
            scale, made = enter_scale(
                centre=owner,
                work=work,
                boundaries=marks,
                maximum=options["maximum"],
                conditions=conditions,
                source=options["source"],
                by=None,
            )
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self._say(scale, made, as_json)

    def _say(self, scale: WorkScale | None, made: list[Marked], as_json: bool) -> None:
        if as_json:
            facts = {"scale": scale.pk if scale else None, "datasets": list(map(_report, made))}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        self.stdout.write(
            _("The scale is kept: %(work)s.") % {"work": scale} if scale else _("The scale is taken back.")
        )
        for one in made:
            self.stdout.write(f"  {one.dataset.pk} «{one.dataset.source_name}»: {MARKED[one.outcome]}")


def _condition(text: str) -> Condition:
    mark, _sign, rest = text.partition(":")
    points, _sign, rest = rest.partition(":")
    tasks, _sign, name = rest.partition(":")
    if not (mark.isdecimal() and points.isdecimal() and tasks):
        raise CommandError(
            _("«%(text)s» is no condition: write MARK:POINTS:TASKS, for example 3:2:15-19.") % {"text": text}
        )
    return Condition(int(mark), int(points), named_tasks(tasks), name.strip())


def _report(made: Marked) -> dict[str, Any]:
    return {"dataset": made.dataset.pk, "outcome": made.outcome, "marks": made.given, "changed": made.changed}
