"""What the process that began a run hears of its workers' tests."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.messages import KNOWN, is_told, spare


def report(**changes: Any) -> dict[str, Any]:
    return {**dict.fromkeys(KNOWN), "when": "setup", "outcome": "passed", "sections": [], **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"when": "call"},
        {"outcome": "failed"},
        {"outcome": "skipped"},
        {"when": "teardown", "outcome": "failed"},
        {"sections": [("Captured stdout setup", "words")]},
        {"when": "teardown", "examples": "[]"},
    ],
)
def test_what_somebody_looks_at_is_told(changes: dict[str, Any]) -> None:
    assert is_told("testreport", report(**changes))


@pytest.mark.parametrize("when", ["setup", "teardown"])
def test_what_passes_without_a_word_is_not(when: str) -> None:
    assert not is_told("testreport", report(when=when))


def test_a_worker_spares_them(request: pytest.FixtureRequest) -> None:
    class WorkerInteractor:
        def __init__(self) -> None:
            self.told: list[str] = []

        def sendevent(self, name: str, **_more: Any) -> None:
            self.told.append(name)

    one: Any = WorkerInteractor()
    spare(SimpleNamespace(config=SimpleNamespace(pluginmanager=SimpleNamespace(get_plugins=lambda: [object(), one]))))  # type: ignore[arg-type]
    one.sendevent("logstart", nodeid="a")
    one.sendevent("testreport", data=report())
    one.sendevent("testreport", data=report(when="call"))
    one.sendevent("runtest_protocol_complete", item_index=0)
    assert one.told == ["testreport", "runtest_protocol_complete"]


def test_in_a_real_worker_it_is_so(request: pytest.FixtureRequest) -> None:
    """The name of xdist's class is none of its promises."""
    plugins = request.config.pluginmanager.get_plugins()
    senders = [one for one in plugins if hasattr(one, "sendevent")]
    assert len(senders) == int(hasattr(request.config, "workerinput"))
    assert all(one.sendevent.__module__ == "tests.messages" for one in senders)
