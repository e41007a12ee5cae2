"""What share of teachers a real file names, and with pupils shuffled between classes of one school.

``python -m tests.bench.suppositions_real``; without the shared folder it has nothing to read. Numbers only leave it.
Who teaches which class no file says: neighbouring classes of a school are given to one teacher or to two, by lot.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.shared import shared
from traektoria.engines.deficits import Own, propose
from traektoria.engines.results import import_dataset
from traektoria.engines.results.tables import ResultsSource, class_evidence

FILES = ("region_2021_math_4", "region_2020_math_5", "region_2021_russian_5")
SHUFFLES = 2


def owns_of(classes: list[tuple[str | None, ...]], random: np.random.Generator) -> list[Own]:
    """One or two neighbouring classes to a teacher, by lot."""
    schools: dict[str, list[tuple[str | None, ...]]] = {}
    for key in sorted(classes, key=repr):
        schools.setdefault(str(key[:3]), []).append(key)
    owns = []
    for school, keys in schools.items():
        while keys:
            take = 2 if random.random() < 0.5 else 1
            owns.append(Own(f"{school} {len(keys)}", "file", school, {key: str(key[3]) for key in keys[:take]}))
            keys = keys[take:]
    return owns


def shuffled(source: Path, target: Path, random: np.random.Generator) -> Path:
    """The same dataset with the classes of each school dealt out anew among its pupils."""
    target.mkdir()
    people = pq.read_table(source / "participants.parquet").to_pydict()
    rows = np.array(people["row"])
    names = np.array(people["class_name"], dtype=object)
    schools = np.array([f"{one} {two}" for one, two in zip(people["municipality"], people["school"], strict=True)])
    came = np.array(people["counted"], dtype=bool)
    for school in np.unique(schools[came]):
        here = np.nonzero(came & (schools == school))[0]
        names[here] = names[random.permutation(here)]
    dealt = dict(zip(rows.tolist(), names.tolist(), strict=True))
    for one in source.iterdir():
        table = pq.read_table(one) if one.suffix == ".parquet" else None
        key = {"participants.parquet": "row", "answers.parquet": "participant_row"}.get(one.name)
        if table is None or key is None:
            (target / one.name).write_bytes(one.read_bytes())
            continue
        place = table.schema.get_field_index("class_name")
        column = pa.array([dealt[row] for row in table[key].to_pylist()], table.schema.field(place).type)
        pq.write_table(table.set_column(place, table.schema.field(place), column), target / one.name)
    return target


def named(folder: Path, random: np.random.Generator) -> dict[str, int]:
    evidence = class_evidence(ResultsSource(folder))
    owns = owns_of(list(evidence.classes), random)
    said = propose([evidence.work("file", 2021, 5)], owns)
    return {
        "classes": len(evidence.classes),
        "schools": len({key[:3] for key in evidence.classes}),
        "teachers": len(owns),
        "with two classes": sum(len(own.classes) > 1 for own in owns),
        "could be told": said.tried,
        "with a supposition": len({one.teacher for one in said.suppositions}),
        "strong": len({one.teacher for one in said.suppositions if one.strength == "strong"}),
        "with a question": len({one.teacher for one in said.questions}),
    }


def main() -> None:
    for name in FILES:
        with tempfile.TemporaryDirectory() as folder:
            content = shared(f"vpr/{name}.xlsx").read_bytes()
            path = import_dataset(content, f"{name}.xlsx", Path(folder)).path
            print(json.dumps({"file": name, **named(path, np.random.default_rng(1))}), flush=True)
            for number in range(SHUFFLES):
                random = np.random.default_rng(10 + number)
                mixed = shuffled(path, Path(folder) / f"mixed{number}", random)
                print(json.dumps({"file": name, "shuffled": True, **named(mixed, random)}), flush=True)


if __name__ == "__main__":
    main()
