"""Everybody who is signed in has a desk."""

from tests.matrix import EVERYONE, Entry

ENTRIES = {"desk:home": Entry(allowed=EVERYONE)}
