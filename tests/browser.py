"""The Chromium that the browser tests open pages in: found where it is usual, installed where it is missing.

`python tests/browser.py` prints its path; `python tests/browser.py --install` gets one first where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
WHAT_TO_DO = "No Chromium was found: run `python tests/browser.py --install`, or set ECOSYSTEM_CHROMIUM to its path."
DOWNLOAD_LIMIT, PACKAGE_LIMIT = 300, 600  # seconds


def find_chromium() -> Path | None:
    """Return the path of a Chromium: the one named in ECOSYSTEM_CHROMIUM, else a usual one, else Playwright's."""
    named = os.environ.get("ECOSYSTEM_CHROMIUM")
    if named:
        path = Path(named)
        if not path.is_file():
            raise SystemExit(f"ECOSYSTEM_CHROMIUM names {named}, and there is no such file.")
        return path
    on_path = (shutil.which(name) for name in NAMES)
    for found in (*on_path, *USUAL_PLACES):
        if found and Path(found).is_file():
            return Path(found)
    return _playwrights_own()


def _playwrights_own() -> Path | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    # In a process of its own: Playwright cannot be started twice in one thread, and a test may have it running.
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    assert sync_playwright is not None
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    path = Path(told.stdout.strip())
    return path if told.returncode == 0 and path.is_file() else None


def install_chromium() -> Path | None:
    """Return a Chromium, after getting one by Playwright or else by apt where there is none."""
    found = find_chromium()
    if found:
        return found
    _run([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_LIMIT)
    found = find_chromium()
    if found or not shutil.which("apt-get"):
        return found
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and not shutil.which("sudo"):
        return None
    if _run([*as_root, "apt-get", "update", "-q"], PACKAGE_LIMIT):
        _run([*as_root, "apt-get", "install", "-y", "-q", "chromium"], PACKAGE_LIMIT)
    return find_chromium()


def _run(command: list[str], limit: int) -> bool:
    print("$", *command, file=sys.stderr)
    try:
        return subprocess.run(command, timeout=limit, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)
        return False


def main() -> int:
    found = install_chromium() if "--install" in sys.argv[1:] else find_chromium()
    if found:
        print(found)
        return 0
    print(f"{WHAT_TO_DO} On other systems, install Chromium or Chrome by hand.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
