"""Work that nobody waits for: letters, reminders, what the calendar does, figures that take long (ADR 0032).

A task is a function with ``@task`` of ``django_tasks`` whose facts are ids; ``kinds.task_kinds`` says what people
call it, and how often the clock asks for it. ``ask_for`` has it done by the worker after the commit. A task may be done
twice, and one that was asked for may be lost with a killed process: it does only what the rows still ask for, and one
that goes by the clock finds what was lost.
"""

from traektoria.core.tasks.backend import ask_for

__all__ = ["ask_for"]
