from django_tasks import task

from .award import issuing
from .paper import wallet


@task(priority=-10)  # a thousand of them hold up no message
def draw_certificate(certificate_id: str) -> bool:
    """Enqueued in the transaction that awards or confirms. Running it twice draws once."""
    stored = issuing.draw_and_store(certificate_id)
    if stored:
        draw_card.enqueue(certificate_id)  # a kill just before: the sweep finds that the card is due
    return stored


@task(priority=-20)  # after the certificates themselves
def draw_card(certificate_id: str) -> bool:
    return wallet.draw_and_store(certificate_id)
