"""Django's backend for SQLite with two things changed (``base``): how a transaction waits, what rows it passes over."""
