"""Traektoria: the information system of a municipal tutor centre."""

__version__ = "0.1.0"
