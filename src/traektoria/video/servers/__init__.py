"""Servers of video meetings behind one small protocol; knows no database and no page."""
