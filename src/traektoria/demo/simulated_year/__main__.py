"""The process in which a year is lived: its clock is turned before anything is loaded."""

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path

from traektoria.demo.simulated_year import clock


def main() -> int:
    given = arguments()
    clock.install()
    os.environ["DJANGO_SETTINGS_MODULE"] = "traektoria.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import translation

    from traektoria.demo.simulated_year.scenario import SCENARIOS
    from traektoria.demo.simulated_year.summary import as_data
    from traektoria.demo.simulated_year.year import live_through

    translation.activate("ru")
    call_command("migrate", interactive=False, verbosity=0)
    outcome = live_through(SCENARIOS[given.preset], given.seeds, seed=given.seed, last=given.until)
    json.dump(as_data(outcome, given.seed), sys.stdout, ensure_ascii=False)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m traektoria.demo.simulated_year")
    parser.add_argument("preset")
    parser.add_argument("seeds", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("--until", type=date.fromisoformat)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
