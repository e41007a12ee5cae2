"""Criteria of a status: whether a tree of them is met, what is missing, and how long somebody has worked.

Pure: findings and intervals come in, conclusions and lengths go out; the day is an argument.
"""

from traektoria.engines.criteria.model import Conclusion, Finding, Node, Rule
from traektoria.engines.criteria.service import Interval, Length, service
from traektoria.engines.criteria.tree import conclude, missing

__all__ = ["Conclusion", "Finding", "Interval", "Length", "Node", "Rule", "conclude", "missing", "service"]
