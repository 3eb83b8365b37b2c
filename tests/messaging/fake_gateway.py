"""A server on this machine that speaks as the SMS gateways do: the test sets its answer, what came is kept."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class FakeGateway(ThreadingHTTPServer):
    """`answer` is (status, body): a dict is sent as JSON. `hangs` and `hangs_up` are what networks do."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests = []
        self.answer = (200, {})
        self.hangs_up = False
        self.hangs = threading.Event()
        self.hangs.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in self.requests[-1]["form"].items()}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        kept = {"path": self.path, "headers": dict(self.headers), "form": parse_qs(body, keep_blank_values=True)}
        self.server.requests.append(kept)
        self.server.hangs.wait(5)
        if self.server.hangs_up:
            self.connection.close()
            return
        status, answer = self.server.answer
        sent = json.dumps(answer) if isinstance(answer, dict) else answer
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if isinstance(answer, dict) else "text/plain")
        self.end_headers()
        self.wfile.write(sent.encode())

    def log_message(self, *args):
        """Quiet."""
