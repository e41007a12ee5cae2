"""Facts of the rooms put into the words of official papers: one module a paper, all listed in ``kinds``."""
