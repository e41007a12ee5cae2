"""Messages of a worker to the process that began the run: of a test that passes, two instead of xdist's six.

Of each test xdist tells that it begins, was set up, was asked, was undone, is over and makes room for the next; who
hears it spends as long on that as an empty test takes. Nobody looks at a setup that passes and has said nothing.
"""

from collections.abc import Callable
from typing import Any

import pytest

UNTOLD = {"logstart", "logfinish"}
KNOWN = {
    *("nodeid", "location", "keywords", "outcome", "longrepr", "when", "user_properties", "sections", "duration"),
    *("start", "stop", "item_index", "worker_id", "testrun_uid", "$report_type"),
}
"""What each report has. Where one has more (Hypothesis keeps its examples in the last), it is told."""


def is_told(name: str, data: dict[str, Any] | None = None) -> bool:
    if name != "testreport" or data is None:
        return name not in UNTOLD
    return data["when"] == "call" or data["outcome"] != "passed" or bool(data["sections"] or data.keys() - KNOWN)


def spare(session: pytest.Session) -> None:
    """From now on, where this process is a worker of xdist."""
    for plugin in session.config.pluginmanager.get_plugins():
        if type(plugin).__name__ == "WorkerInteractor":
            plugin.sendevent = _sparing(plugin.sendevent)


def _sparing(send: Callable[..., None]) -> Callable[..., None]:
    def sent(name: str, **told: Any) -> None:
        if is_told(name, told.get("data")):
            send(name, **told)

    return sent
