"""The server: processes that answer, one that looks after them, and limits for whoever is slow (ADR 0016)."""
