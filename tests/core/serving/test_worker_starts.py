"""The worker says errors with pages of the house before Django is set up: what it imports needs no models."""

import os
import subprocess
import sys
from pathlib import Path


def test_server_is_imported_before_the_applications(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "traektoria.config.settings",
        "TRAEKTORIA_DATA": str(tmp_path),
    }
    command = [sys.executable, "-c", "import traektoria.core.serving.worker"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
