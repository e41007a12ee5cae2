"""Settings of the tests: the product's own, with state in a folder of this run and a cheap password hasher."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import clock

# What names a real installation on this machine is none of the tests' business: they would write into it.
OURS = {"TRAEKTORIA_CHROMIUM", "TRAEKTORIA_SHARED"}
for _name in {name for name in os.environ if name.startswith("TRAEKTORIA_")} - OURS:
    del os.environ[_name]
# A worker that is slow to end is killed: its folder lies in that of the process that began the run and goes with it.
_folder = tempfile.mkdtemp(prefix="traektoria-tests-", dir=os.environ.get("TESTS_FOLDER"))
if "TESTS_FOLDER" not in os.environ:
    os.environ["TESTS_FOLDER"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TRAEKTORIA_DATA"] = _folder
if _moment := os.environ.get("TESTS_AT"):
    clock.begin_at(_moment)

from traektoria.config.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
# Compiled once for all processes of all runs.
COMPILED_TEMPLATES = Path(__file__).resolve().parent.parent / ".venv" / "templates"
# In memory, as the tests of Django's own backend are; a worker's suffix stands where SQLite reads nothing.
if DATABASES["default"]["ENGINE"] == "traektoria.core.sqlite":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": "file:memorydb_default?mode=memory&cache=shared&of=tests"}  # noqa: F405
