"""Disclosure control: which groups of pupils may be shown at all."""

from .decision import MINIMUM, Decision, Key, Reason, decide

__all__ = ["MINIMUM", "Decision", "Key", "Reason", "decide"]
