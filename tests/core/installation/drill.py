"""A small installation in processes of its own: filled, written to while it is copied, told row by row."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TRAEKTORIA = [sys.executable, "-m", "traektoria.config.cli"]


def environment(data: Path, database: str = "") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAEKTORIA_")}
    told = {"TRAEKTORIA_DATA": str(data), "DATABASE_URL": database}
    return {**kept, **told, "DJANGO_SETTINGS_MODULE": "traektoria.config.settings"}


def run(*words: object, where: dict[str, str]) -> str:
    """A command of the product, which must succeed."""
    done = attempt(*words, where=where)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def attempt(*words: object, where: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [*TRAEKTORIA, *map(str, words)]
    return subprocess.run(command, env=where, capture_output=True, text=True, check=False, timeout=300)


def part(name: str, *words: object, where: dict[str, str]) -> Any:
    """One of the functions below in a process of that installation; what it tells."""
    command = [sys.executable, "-m", "tests.core.installation.drill", name, *map(str, words)]
    done = subprocess.run(command, env=where, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def fill() -> dict[str, str]:
    """Migrate, then a dataset, a file of evidence, a picture of an item, and a few comments; ids with a gap."""
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from tests.results.samples import make_dataset
    from tests.routes.route_factories import actor, make_running
    from tests.world import make_world
    from traektoria.core.installation.identity import settle
    from traektoria.diagnostics.bank.actions.items import NewPicture, keep_pictures
    from traektoria.diagnostics.models import BankItem
    from traektoria.routes.route.actions.doing import add_file, comment_on_item

    call_command("migrate", verbosity=0)
    settle()
    world = make_world()
    dataset = make_dataset(world.own).dataset
    by, item = actor(world, "teacher"), make_running(world).items.first()
    evidence = add_file(item=item, file=ContentFile(b"%PDF-1.4 made up", name="план.pdf"), by=by)
    bank = BankItem.objects.create(centre=world.own, name="С рисунком", kind="single", subject="math")
    keep_pictures(bank, [NewPicture("1.png", "image/png", PNG, "Точка")])
    for text in ("Первый", "Второй", "Третий"):
        last = comment_on_item(item=item, text=text, by=by)
    last.delete()
    return {
        "dataset": dataset.folder,
        "evidence": str(evidence.file.name),
        "picture": str(bank.pictures.get().file.name),
    }


def write(times: str) -> int:
    """Write comments, each in a transaction of its own with the audit event of the same number, as long as asked."""
    from django.core.files.base import ContentFile
    from django.db import transaction

    from traektoria.core import audit
    from traektoria.core.installation import leavings
    from traektoria.people.actor import actor_of
    from traektoria.routes.models import ItemComment, ItemEvidence, RouteItem
    from traektoria.routes.route.actions.doing import add_file

    item = RouteItem.objects.order_by("pk").first()
    first = ItemEvidence.objects.order_by("pk").first()
    by = actor_of(first.person.account)
    print("began", flush=True)
    for number in range(int(times)):
        with transaction.atomic():
            comment = ItemComment.objects.create(item=item, person=first.person, text=f"n{number}")
            audit.record("drill", comment, by=None, number=number)
        shown = add_file(item=item, file=ContentFile(b"%PDF-1.4 " + str(number).encode(), name="n.pdf"), by=by)
        if number % 2:
            with transaction.atomic():
                name = str(shown.file.name)
                shown.delete()
                leavings.let_go("uploads", name)
    return int(times)


def told() -> dict[str, Any]:
    """All rows of all copied tables and the digest of every file that a row names."""
    from traektoria.core.installation import rows
    from traektoria.core.installation.roots import files_under, kept, named

    tables = {
        rows.label_of(model): [json.loads(line) for line in rows.lines_of(model, "default")] for model in rows.tables()
    }
    files = {}
    for place in kept():
        for each in named(place.slug):
            path = place.path / each.name
            for file in files_under(path) if path.is_dir() else [path]:
                files[f"{place.slug}/{file.relative_to(place.path)}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return {"tables": tables, "files": files}


def restored(archive: str) -> dict[str, Any]:
    """What is told where this archive was restored."""
    from django.core.management import call_command

    call_command("restore", archive)
    return told()


def next_comment() -> int:
    """The id that the next comment gets."""
    from traektoria.routes.models import ItemComment

    old = ItemComment.objects.order_by("pk").first()
    return ItemComment.objects.create(item=old.item, person=old.person, text="Следующий").pk


def killed_restore(archive: str) -> None:
    """Killed when the files have changed places and the database has not."""
    from traektoria.core.installation import restore, sqlite

    def killed(*args: Any) -> None:
        print("null", flush=True)
        os._exit(0)

    sqlite.switch = restore._switch_schema = killed  # type: ignore[assignment]
    restore.restore(Path(archive), replace=True, tell=print)


class Writer:
    """``write`` in a process beside; ends with the block."""

    def __init__(self, where: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.core.installation.drill", "write", "100000"]
        self._process = subprocess.Popen(command, env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def __enter__(self) -> "Writer":
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line == "began\n", self._process.stderr and self._process.stderr.read()
        return self

    def __exit__(self, *about: object) -> None:
        died = self._process.poll()
        self._process.kill()
        _out, error = self._process.communicate()
        assert died is None, error


#: A picture of one point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200014873"
    "bd310000000049454e44ae426082"
)

if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
