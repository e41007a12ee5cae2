"""``traektoria --help``: what Django would say, without loading the rooms."""

import subprocess
import sys

from django.core.management import ManagementUtility

from traektoria.config.cli import listing

LISTS = """
import sys
from traektoria.config import cli
sys.argv = ["traektoria", "--help"]
cli.main()
print(*(name for name in sys.modules if name.startswith("traektoria.") and ".models" in name), file=sys.stderr)
"""


def test_commands_are_listed_as_django_does() -> None:
    assert listing() == ManagementUtility(["traektoria"]).main_help_text()


def test_no_model_is_loaded_for_the_list() -> None:
    said = subprocess.run([sys.executable, "-c", LISTS], capture_output=True, text=True, timeout=120, check=True)
    assert "simulate_year" in said.stdout
    assert not said.stderr.strip()
