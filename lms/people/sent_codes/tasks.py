from django_tasks import task

from .services import send_code


@task(priority=50)
def send_sign_in_code(number: str, word: str) -> None:
    """Of every number that was asked for: from outside, one that nobody has looks the same."""
    send_code(number, word)
