"""Settings of the tests: the product's own, with state in a folder of this run and a cheap password hasher."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="traektoria-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TRAEKTORIA_DATA"] = _folder

from traektoria.config.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
