"""`publish` and `serve` as a user runs them."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

AUDITS = str(Path(__file__).parents[1] / "fixtures" / "sources" / "audits")


def test_publish_prints_where_to_begin_and_says_what_it_did(run, tmp_path: Path) -> None:
    result = run("publish", "-d", AUDITS, "-o", str(tmp_path / "site"), "--title", "Audits")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{tmp_path / 'site' / 'index.html'}\n"
    assert re.search(r"\d+ files written, 0 as they were, 0 removed", result.stderr)
    again = run("publish", "-d", AUDITS, "-o", str(tmp_path / "site"), "--title", "Audits")
    assert again.stderr.startswith("0 files written")


def test_pages_without_words_of_their_language_are_english_and_it_is_said(run, tmp_path: Path) -> None:
    for command in (["publish", "-o", str(tmp_path / "site")], ["map", "-o", str(tmp_path / "map.html")]):
        told = run(*command, "-d", AUDITS, "--language", "tlh")
        assert told.exit_code == 0
        assert told.stderr.splitlines()[0] == (
            "Note: The pages are in English: there are no words for 'tlh', only for ar, en, es, fr."
        )
        assert "no words" not in run(*command, "-d", AUDITS, "--language", "fr-BE").stderr
    assert '<html lang="fr-BE">' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", ["", "f", "fr_BE", "français", "fr-", "en; rm", "nine-characters-1", "-x"])
@pytest.mark.parametrize("command", [("brokers",), ("publish",), ("ontology", "list"), ("ontology", "show", "Actor")])
def test_a_malformed_tag_is_a_mistake(run, tag: str, command: tuple[str, ...]) -> None:
    told = run(*command, f"--language={tag}")
    assert told.exit_code == 2
    assert "is no language tag. Write it as fr or pt-BR." in told.stderr


def test_publish_leaves_other_folders_alone(run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = run("publish", "-d", AUDITS, "-o", str(tmp_path))
    assert result.exit_code == 3
    assert "something else than a site" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a process")
def test_serve_serves_until_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ecosystem", "serve", "-d", AUDITS, "--port", "0"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        port = int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", address)[1])  # type: ignore[index]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for path in ("/", "/map.html", "/actors/", "/sparql?query=ASK%20%7B%7D"):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, path
        running.send_signal(signal.SIGINT)
        _, words = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Ended." in words
    assert "Traceback" not in words
    assert list(tmp_path.iterdir()) == []
