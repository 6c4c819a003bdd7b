"""A real browser without a window, driven over the WebDriver protocol with nothing but the standard library."""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
)
_LOGS = {"browser": "ALL", "performance": "ALL"}


def programs():
    """Browser and driver, or a skipped test that says which one is missing."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("needs Chromium and chromedriver (Debian: chromium, chromium-driver)")
    return browser, driver


class Browser:
    """A session of a browser that reaches no network."""

    def __init__(self, address, session):
        self._session = f"{address}/session/{session}"

    def _ask(self, path, body):
        return ask(f"{self._session}/{path}", body)

    def devtools(self, command, **parameters):
        return self._ask("goog/cdp/execute", {"cmd": command, "params": parameters})

    def run(self, script, *arguments):
        return self._ask("execute/sync", {"script": script, "args": arguments})

    def wait_for(self, script, *arguments):
        """What a script hands to its last argument."""
        return self._ask("execute/async", {"script": script, "args": arguments})

    def patience(self, *, seconds):
        self._ask("timeouts", {"script": 1000 * seconds})

    def press(self, key):
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._ask("actions", {"actions": [{"type": "key", "id": "keyboard", "actions": keys}]})

    def size(self, width, height):
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def open_without_network(self, path):
        """Open a file and wait until its charts are drawn; the requests it made, the file itself among them."""
        self._ask("url", {"url": "about:blank"})
        self._logged("performance")
        self._ask("url", {"url": Path(path).as_uri()})
        end = time.monotonic() + 60.0
        while self.run("return document.documentElement.dataset.drawn || ''") == "":
            assert time.monotonic() < end, self.complaints()
            time.sleep(0.05)
        messages = [json.loads(entry["message"])["message"] for entry in self._logged("performance")]
        return [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]

    def complaints(self):
        """What the console has to say: errors, warnings and whatever the content policy forbade."""
        return [entry["message"] for entry in self._logged("browser")]

    def _logged(self, kind):
        return self._ask("se/log", {"type": kind})


def ask(address, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=360) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(json.load(error)["value"]["message"]) from error


@contextmanager
def browser(folder):
    """A browser whose profile is a folder."""
    program, driver = programs()
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([driver, "--port=0"], text=True, env={**os.environ, "HOME": str(folder)}, **quiet) as server:
        try:
            port = next(line.strip(". \n").split()[-1] for line in server.stdout if "successfully on port" in line)
            address = f"http://127.0.0.1:{port}"
            chrome = {"binary": program, "args": [*_FLAGS, f"--user-data-dir={folder}", "--window-size=1280,900"]}
            wanted = {"browserName": "chrome", "goog:loggingPrefs": _LOGS, "goog:chromeOptions": chrome}
            session = ask(f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
            opened = Browser(address, session)
            opened.patience(seconds=300)
            opened.devtools("Network.enable")
            offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
            opened.devtools("Network.emulateNetworkConditions", **offline)
            yield opened
            ask(f"{address}/session/{session}", method="DELETE")
        finally:
            server.terminate()
