"""Suppositions of deficits with their evidence."""

from traektoria.diagnostics.models.hypotheses import Hypothesis

__all__ = ["Hypothesis"]
