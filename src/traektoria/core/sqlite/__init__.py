"""The backend of Django for SQLite with one thing changed: how a transaction waits for its turn (``base``)."""
