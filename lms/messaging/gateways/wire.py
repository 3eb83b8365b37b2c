"""What the gateways share: why something was not handed over, and one HTTPS request with its timeouts."""

import requests

from ..models import Message

TIMEOUTS = (5, 15)  # to connect, to answer: seconds
Reason = Message.Reason
FOR_GOOD = {Reason.ADDRESS, Reason.OPTED_OUT}  # an account or a network may be mended meanwhile


class NotHandedOver(Exception):
    """The gateway did not take the message: a reason of ours and the gateway's code, never its sentence."""

    def __init__(self, reason: Reason, code: str | int = ""):
        super().__init__(reason, code)
        self.reason, self.code = reason, str(code)[:40]

    @property
    def for_good(self) -> bool:
        """No other try would go better."""
        return self.reason in FOR_GOOD


def post(url: str, **request) -> requests.Response:
    """The gateway's answer, unless it is «too many» or a fault of its own. Raises NotHandedOver."""
    try:
        answer = requests.post(url, timeout=TIMEOUTS, allow_redirects=False, **request)
    except requests.RequestException as error:
        raise NotHandedOver(Reason.NO_ANSWER) from error
    if answer.status_code == requests.codes.too_many_requests or answer.status_code >= 500:
        raise NotHandedOver(Reason.BUSY, answer.status_code)
    return answer


def read(answer: requests.Response) -> dict:
    """The answer's JSON object. Raises NotHandedOver for anything else."""
    try:
        found = answer.json()
    except requests.JSONDecodeError as error:
        raise NotHandedOver(_reason_of(answer), answer.status_code) from error
    if not isinstance(found, dict):
        raise NotHandedOver(_reason_of(answer), answer.status_code)
    return found


def _reason_of(answer: requests.Response) -> Reason:
    return Reason.NO_ANSWER if answer.ok else Reason.ACCOUNT
