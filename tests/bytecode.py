"""``pytest -p tests.bytecode --collect-only``: read the files of the tests, and keep what each worker would make anew.

Pytest keeps their byte code with its asserts rewritten, Python that of the product, and Hypothesis, where a test of its
own is collected, the constants that it finds in the product. All other tests are left out: making them is not kept.
"""

from typing import Any

import pytest
from hypothesis import is_hypothesis_test


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(obj: Any) -> list[pytest.Item] | None:
    return None if is_hypothesis_test(obj) else []
