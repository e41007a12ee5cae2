"""``python -m tests.acceptance.killed_import TOKEN LOGIN``: takes a table into its plan and says when the rows are
written but not committed; then it waits, to be killed."""

import os
import sys
import time


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from traektoria.core import audit
    from traektoria.people.actor import actor_of
    from traektoria.people.models import Account
    from traektoria.planning.imports import actions
    from traektoria.planning.models import PlanImport

    really = audit.record

    def stop(event: str, *given: object, **more: object) -> object:
        made = really(event, *given, **more)  # type: ignore[arg-type]
        if event == "plan.table_taken":
            print("written", flush=True)
            time.sleep(600)
        return made

    audit.record = stop  # type: ignore[assignment]
    by = actor_of(Account.objects.get(username=sys.argv[2]))
    actions.take_import(draft=PlanImport.objects.get(pk=sys.argv[1]), by=by)


if __name__ == "__main__":
    main()
