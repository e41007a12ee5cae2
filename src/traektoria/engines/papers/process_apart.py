"""The process apart in which papers are drawn: Typst and python-docx are loaded there and nowhere else."""

from typing import Final

from traektoria.engines.process_apart import Apart

PAPERS: Final = Apart("papers", idle=60, patience=90)
