"""Work that a person asked for and that takes longer than a page may (ADR 0039): a large import, a long list, many
papers. ``registries.errand_kinds`` says what there is; ``is_light`` decides in one place whether it is done in the
request or by the worker, with its progress on a page that can be left and found again.
"""

from traektoria.core.errands.execution import Doing, Finished, Made, Shown
from traektoria.core.errands.requests import answer, ask, is_light, settle

__all__ = ["Doing", "Finished", "Made", "Shown", "answer", "ask", "is_light", "settle"]
