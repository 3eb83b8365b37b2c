from django_tasks import task

from . import issuing


@task(priority=-10)  # a thousand of them hold up no message
def draw_certificate(certificate_id: str) -> bool:
    """Enqueued in the transaction that awards or confirms. Running it twice draws once."""
    return issuing.draw_and_store(certificate_id)
