"""What is loaded before the members are forked leaves nothing that two processes may not share."""

import os
import subprocess
import sys
from pathlib import Path

LOADED = """
import os, threading
from traektoria.core.serving import supervisor  # imported before the applications: what it imports needs no models
supervisor.load()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
supervisor.warm()
from django.db import connections
opened = [os.path.realpath(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd")]
print([os.path.basename(one) for one in opened if os.path.isfile(one)])
print(threading.active_count(), [one.connection for one in connections.all(initialized_only=True)])
"""


def test_a_loaded_application_has_no_thread_no_connection_and_no_open_file(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "traektoria.config.settings",
        "TRAEKTORIA_DATA": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=False)
    # Processes that are forked share the place where an open file is read; the lock of the folder is read by nobody.
    assert done.stdout == "['.running']\n1 [None]\n", done.stderr
