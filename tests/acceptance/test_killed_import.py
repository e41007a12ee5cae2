"""A process is killed with SIGKILL in the middle of taking a table: nothing of it is in the plan, and the table waits
to be taken once more, whole."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.planning.imports.table_factories import read_table
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.planning.imports import actions
from traektoria.planning.models import ItemOccurrence, PlanImport, PlanItem

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def database() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def test_a_table_that_was_being_taken_waits_whole(own_world: World) -> None:
    table = read_table(own_world)
    account = own_world.accounts["coordinator"]
    environment = {**os.environ, "DATABASE_URL": database(), "TESTS_SECRET": settings.SECRET_KEY}
    command = [sys.executable, "-m", "tests.acceptance.killed_import", str(table.pk), account.username]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().strip() == "written"
        os.kill(running.pid, signal.SIGKILL)
    assert not PlanItem.objects.filter(plan=table.plan).exists()
    kept = PlanImport.objects.get(pk=table.pk)
    assert kept.taken_at is None
    assert len(kept.rows) == 3
    actions.take_import(draft=kept, by=actor(own_world, "coordinator"))
    assert PlanItem.objects.filter(plan=table.plan).count() == 3
    assert ItemOccurrence.objects.filter(item__plan=table.plan).exists()
