"""Work of the worker."""

from django_tasks import task

from traektoria.consultations.slots.actions.opening import open_windows


@task()
def open_windows_by_the_worker() -> None:
    open_windows()
