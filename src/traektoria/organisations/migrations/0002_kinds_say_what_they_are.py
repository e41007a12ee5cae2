"""Whether a kind is a contest or a tutorial is said by the kind: versions that were written before it could be are told
so by the slugs by which they were read until then."""

from typing import Any

from django.db import migrations

from traektoria.core.installation.first_tables import on_empty


@on_empty(False)
def by_slug(apps: Any, editor: Any) -> None:
    regulations = apps.get_model("organisations", "Regulation").objects
    for row in regulations.iterator(chunk_size=50):
        kinds = row.content.get("events", ()) if isinstance(row.content, dict) else ()
        silent = [one for one in kinds if not {"results", "modular"} <= one.keys()]
        for one in silent:
            one.setdefault("results", one.get("slug") == "contest")
            one.setdefault("modular", one.get("slug") == "tutorial")
        if silent:
            row.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunPython(by_slug, migrations.RunPython.noop, elidable=True)]
