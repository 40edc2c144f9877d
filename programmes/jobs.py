"""What the desk's background worker does: read what was offered, and read again what is there."""

from __future__ import annotations

from django.conf import settings
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from programmes import intake, rereading


@task()
def read_uploads() -> int:
    """Everything that waits is read, whichever delivery it came with."""
    return intake.drain(max(1, settings.READING_PROCESSES - 1))


@task()
def read_again() -> int:
    """What was noted for a re-reading: say what would change, or change it."""
    return rereading.work_off()


def start_reading() -> None:
    _see_to(read_uploads)


def start_rereading() -> None:
    _see_to(read_again)


def _see_to(job: Task) -> None:
    """See that a job will run after this moment; one that waits and has not begun is enough."""
    if not DBTaskResult.objects.filter(
        task_path=job.module_path, status=TaskResultStatus.READY
    ).exists():
        job.enqueue()


def recover() -> int:
    """What a dead worker left behind begins again; returns how many files and jobs."""
    intake.sweep()
    count = intake.recover()
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        worker = job.worker_ids[-1] if job.worker_ids else ""
        if not intake.is_alive(worker):
            count += DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY
            )
    if intake.waiting():
        start_reading()
    return count
