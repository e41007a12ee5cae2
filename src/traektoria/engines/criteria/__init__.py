"""Criteria of a status: whether a tree of them is met, what is missing, and how long somebody has worked.

Pure: findings and intervals come in, conclusions and lengths go out; the day is an argument.
"""

from traektoria.engines.criteria.model import Conclusion, Node, Rule, Truth
from traektoria.engines.criteria.service import Length, WorkInterval, service
from traektoria.engines.criteria.tree import conclude, missing

__all__ = ["Conclusion", "Length", "Node", "Rule", "Truth", "WorkInterval", "conclude", "missing", "service"]
