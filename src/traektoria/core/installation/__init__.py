"""The installation as a whole: which database and folders belong together, what may be cleared, copies of all of it."""
