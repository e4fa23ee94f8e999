"""The links of a folder of pages: read as a browser reads them, and followed."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """What a page links to, which places in it can be linked to, and what could run or be fetched."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.tags: list[str] = []
        self.options: list[str] = []
        self.meta: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        said = {name: value or "" for name, value in attrs}
        self.links += [said[name] for name in ("href", "src", "srcset", "action", "data", "poster") if name in said]
        self.ids += [said["id"]] if "id" in said else []
        self.options += [said.get("value", "")] if tag == "option" else []
        self.handlers += [name for name in said if name.startswith("on") or name == "style"]
        if tag == "meta":
            self.meta[said.get("http-equiv") or said.get("name", "")] = said.get("content", "")


def pages(folder: Path) -> dict[str, Page]:
    found = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): Page(path.read_text(encoding="utf-8")) for path in found}


def broken(folder: Path) -> list[str]:
    """Return the links of a site that lead nowhere: no such file, or no such place in it."""
    known, root, found = pages(folder), folder.resolve(), []
    for name, page in known.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data"):
                continue
            target = (root / name).parent.joinpath(unquote(parts.path)).resolve() if parts.path else root / name
            inside = target.is_relative_to(root) and target.is_file() and not parts.scheme and not parts.netloc
            place = target.relative_to(root).as_posix() if inside else ""
            of_map = place == "map.html" and (
                "=" in parts.fragment or parts.fragment == "all"
            )  # what is looked at, not a place
            asked = place == "query.html" and unquote(parts.fragment.removeprefix("question=")) in known[place].options
            if not inside or (parts.fragment and not (of_map or asked) and parts.fragment not in known[place].ids):
                found.append(f"{name}: {link}")
    return found
