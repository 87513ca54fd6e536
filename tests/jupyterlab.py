"""A real JupyterLab in a real Chromium: the analyst's way to look at another week."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import browser
from tests.refresh_notebook import CHECKOUT

PARAMETERS, READING = 1, 4  # which cell is which, from 0
_PANEL = "[...window.jupyterapp.shell.widgets('main')][0]"
_IS_READY = f"!!window.jupyterapp && {_PANEL}?.sessionContext?.session?.kernel?.status === 'idle'"
_NO_NEWS = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}


class Lab:
    """The open notebook."""

    def __init__(self, tab: browser.Tab) -> None:
        self.tab = tab

    def run_all(self, parameters: str) -> list[list[dict[str, Any]]]:
        """Type into the parameters cell, Run All; the outputs of each code cell."""
        self.tab.value(f"{_PANEL}.content.activeCellIndex = {PARAMETERS}; {_PANEL}.content.mode = 'edit'")
        self.tab.until("document.activeElement.classList.contains('cm-content')")
        self.tab.ask(
            "Input.dispatchKeyEvent", type="keyDown", key="a", code="KeyA", modifiers=2, commands=["selectAll"]
        )
        self.tab.ask("Input.insertText", text=parameters)
        self.tab.value("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        cells = f"{_PANEL}.content.model.toJSON().cells"
        return list(self.tab.value(f"{cells}.filter(cell => cell.cell_type === 'code').map(cell => cell.outputs)"))

    def look_at(self, cell: int, words: str) -> str:
        """Scroll to a cell (from 0); what then stands on the screen, once it holds these words."""
        screen = "document.querySelector('.jp-NotebookPanel-notebook').innerText"
        self.tab.value(f"{_PANEL}.content.scrollToItem({cell}, 'start')")
        self.tab.until(f"{screen}.includes({json.dumps(words)})")
        return str(self.tab.value(screen))


@contextmanager
def opened(office: Path) -> Iterator[Lab]:
    """JupyterLab on loopback, with a token and settings of its own, and an office's notebook open in it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / "config" / "labconfig").mkdir(parents=True)
        (home / "config" / "labconfig" / "page_config.json").write_text(json.dumps(_NO_NEWS), encoding="utf-8")
        token, port = secrets.token_hex(), _free_port()
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--LabApp.expose_app_in_browser=True",
            "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={office}",
        ]  # fmt: skip
        silent: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen(command, cwd=office, env=_environment(home), **silent)
        try:
            _wait_for(port, server)
            with browser.tab() as tab:
                tab.ask("Emulation.setFocusEmulationEnabled", enabled=True)
                tab.go(f"http://127.0.0.1:{port}/lab/tree/notebooks/weekly_report.ipynb?token={token}", 1280, 1400)
                tab.until(_IS_READY)
                yield Lab(tab)
        finally:
            server.terminate()  # it ends its kernels
            server.wait(30)


def _environment(home: Path) -> dict[str, str]:
    own = {
        **{f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")},
        **{f"JUPYTERLAB_{name.upper()}_DIR": str(home / name) for name in ("settings", "workspaces")},
        "IPYTHONDIR": str(home / "ipython"),
    }
    return {**os.environ, **own, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "JupyterLab ended by itself"
        time.sleep(0.05)
    raise TimeoutError("JupyterLab did not start")
