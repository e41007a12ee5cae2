"""``python -m tests.demo.light``: a process that opens pages as the server does, and says what it has loaded.

In: JSON, a list of [login, path]. Out: JSON, {"at start": […], "pages": {path: [libraries new with it]},
"broken": {path: status}, "types": […]}.
"""

import json
import os
import sys
from typing import Final

PLAIN: Final = "django.contrib.staticfiles.storage.StaticFilesStorage"
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
HEAVY: Final = ("docx", "duckdb", "ibis", "numpy", "openbadgeslib", "pandas", "pyarrow", "pypdfium2", "scipy", "typst")


def loaded() -> set[str]:
    return {name for name in HEAVY if name in sys.modules}


def main() -> None:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    get_wsgi_application()
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}  # nobody has collected them
    from django.test import Client
    from django.urls import reverse

    reverse("desk:search")  # loads every view
    begun = known = loaded()

    from traektoria.people.models import Account

    pages: dict[str, list[str]] = {}
    broken: dict[str, int] = {}
    types = set[str]()
    clients: dict[str, Client] = {}
    for login, path in json.load(sys.stdin):
        if login not in clients:
            clients[login] = Client(headers={"host": "localhost"})
            clients[login].force_login(Account.objects.get(username=login), backend=BACKEND)
        answer = clients[login].get(path, follow=True)
        if answer.status_code != 200:
            broken[path] = answer.status_code
        types.add(answer.headers["Content-Type"].partition(";")[0])
        if new := loaded() - known:
            pages[path] = sorted(new)
            known = known | new
    json.dump({"at start": sorted(begun), "pages": pages, "broken": broken, "types": sorted(types)}, sys.stdout)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "traektoria.config.settings"
    main()
