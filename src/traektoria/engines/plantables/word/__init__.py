"""DOCX by a walk of our own over its XML: what Word shows, with the numbers that it computes."""
