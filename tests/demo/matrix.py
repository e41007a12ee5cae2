"""Outside the demo mode the address of the demo is not there for anybody: neither the page nor the sign-in."""

from tests.matrix import Entry

NOWHERE = frozenset({404})
ENTRIES = {
    "demo:people": Entry(allowed=frozenset(), public=True, success=NOWHERE),
    "demo:people POST": Entry(
        allowed=frozenset(), public=True, success=NOWHERE, method="POST", data=lambda world: {"login": "koordinator"}
    ),
}
