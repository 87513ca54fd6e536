"""A real Chromium over its DevTools protocol: what a page asks the network for, says on the console, and prints."""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

from tests import programs

CHROMIUM = programs.path(programs.CHROMIUM)
needs_chromium = programs.needs(programs.CHROMIUM)
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)  # fmt: skip


class Tab:
    """One page in the browser. requests: every address that it asked for; messages: what came on the console."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket, self._last = socket, 0
        self.requests: list[str] = []
        self.messages: list[str] = []
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer to one command; events that come before it are noted."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("id") == self._last:
                assert "error" not in said, said
                return dict(said["result"])
            self._note(said)

    def _note(self, event: dict[str, Any]) -> None:
        name, parameters = event.get("method"), event.get("params", {})
        if name == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif name in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            self.messages.append(json.dumps(parameters, ensure_ascii=False)[:300])

    def open(self, path: Path, width: int = 1280, height: int = 900) -> float:
        """Seconds until a file's page is loaded, its fonts included."""
        return self.go(path.as_uri(), width, height)

    def go(self, address: str, width: int = 1280, height: int = 900) -> float:
        """The same for what lies at an address."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        started = time.perf_counter()
        self.ask("Page.navigate", url=address)
        while self.value("document.readyState") != "complete" or self.value("document.fonts.status") != "loaded":
            time.sleep(0.02)
        return time.perf_counter() - started

    def value(self, expression: str) -> Any:
        """What an expression gives in the page; of a promise, what it has promised."""
        asked = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return asked["result"].get("value")

    def until(self, expression: str, seconds: float = 60) -> None:
        """Wait for an expression to become true in the page."""
        for _ in range(int(seconds * 20)):
            if self.value(expression):
                return
            time.sleep(0.05)
        raise TimeoutError(expression)

    def pdf(self) -> bytes:
        """The page printed, on the paper that it asks for."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])


@contextmanager
def tab() -> Iterator[Tab]:
    """A fresh browser with one tab."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [str(CHROMIUM), *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        silent: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, **silent, env={**os.environ, "TMPDIR": profile})  # its sockets go with it
        try:
            socket = websocket.create_connection(_address(Path(profile)), timeout=60)
            yield Tab(socket)
            socket.close()
        finally:
            process.kill()
            process.wait()


def _address(profile: Path) -> str:
    """The tab's own socket, once the browser has written where it listens."""

    told = profile / "DevToolsActivePort"
    for _ in range(600):
        if told.is_file() and told.read_text().count("\n") >= 1:
            port = told.read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                found = [page for page in json.load(answer) if page["type"] == "page"]
            if found:
                return str(found[0]["webSocketDebuggerUrl"])
        time.sleep(0.05)
    raise TimeoutError(f"Chromium did not start on {sys.platform}")


def pages(pdf: bytes) -> int:
    """How many pages a printed PDF has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))
