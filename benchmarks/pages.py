"""Map pages from 500 to 35,000 nodes in a real Chromium, beside plain pyvis in the same run.

python benchmarks/pages.py [--sizes 500 2000 10000 35000] [--plain-up-to 10000] [--frames 60]
python benchmarks/pages.py --command [--sizes 1000]

With `--command`, no browser: processor seconds of `ecosystem map` in a fresh process, imports and the readers included,
best of three, for a data set folder of so many actors and initiatives (half each, as benchmarks/site.py makes it up).

For each size a made-up map of 24 countries and 2.5 ties a node. Measured are processor seconds of layout and of
writing the page, its weight, when the first paint and the whole map are there, and the processor time that the page's
script takes for a frame while the map is panned (Chrome's trace, so that a busy machine hardly matters; a headless
browser without a graphics card paints in software, so frames a second would say little). Plain pyvis:
`cdn_resources="in_line"`, physics off, the same positions.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

SOFTWARE_GL = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
WINDOW = {"width": 1440, "height": 900}
LIMIT_FRAME, LIMIT_LAYOUT = 16.0, 3.0  # ms of script a frame; CPU s for 10,000 nodes
FRAME = ("FireAnimationFrame", "EventDispatch", "TimerFire", "FunctionCall")
WAIT = 600_000  # ms for a page to load on a machine that has other work too


def made_up(count: int, seed: int = 7) -> Any:
    """A map of `count` nodes in 24 countries of very different size, six ties in ten within a country."""
    from ecosystem.publish.view import Broker, Evidence, Group, Grouping, Kind, MapNode, MapTie, MapView, Relation

    dice = random.Random(seed)
    where = dice.choices(range(24), [(place + 1) ** -0.8 for place in range(24)], k=count)
    members: dict[int, list[int]] = {}
    for node, country in enumerate(where):
        members.setdefault(country, []).append(node)
    ends = []
    for _ in range(int(2.5 * count)):
        one = int(count * dice.random() ** 2.5)
        inside = dice.random() < 0.6
        other = dice.choice(members[where[one]]) if inside else int(count * dice.random() ** 1.5)
        if one != other:
            ends.append((one, other))
    degree = [0] * count
    for one, other in ends:
        degree[one] += 1
        degree[other] += 1
    most = max(degree)
    kinds = ("office", "university", "firm", "network")
    nodes = tuple(
        MapNode(
            id=f"n{node}",
            label=f"Actor {node} of country {where[node] + 1}",
            kind=dice.choice(kinds),
            group=f"c{where[node]}",
            country=f"Country {where[node] + 1}",
            size=degree[node] / most,
            measure=f"{degree[node]} ties",
            broker_total=degree[node] // 3,
        )
        for node in range(count)
    )
    ties = tuple(
        MapTie(
            f"t{number}",
            f"n{one}",
            f"n{other}",
            dice.choice(("works", "funds")),
            (
                Evidence(
                    f"Actor {one} works with actor {other}.", "A register", "https://example.org/", f"row {number}"
                ),
            ),
            strength=1 + dice.random(),
        )
        for number, (one, other) in enumerate(ends)
    )
    first = sorted(range(count), key=lambda node: -degree[node])[:10]
    return MapView(
        "A made-up ecosystem",
        nodes,
        ties,
        kinds=tuple(
            Kind(kind, kind.capitalize(), "", shape)
            for kind, shape in zip(kinds, ("square", "dot", "triangle", "star"), strict=True)
        ),
        relations=(
            Relation("works", "works with", "", "#0072b2", 1, False),
            Relation("funds", "funds", "", "#d55e00", 2),
        ),
        grouping=Grouping("Country", tuple(Group(f"c{place}", f"Country {place + 1}") for place in range(24))),
        sentence=f"{count:,} actors.",
        brokers=tuple(Broker(f"n{node}", f"Actor {node}", total=degree[node] // 3) for node in first),
    )


def build(count: int, folder: Path) -> dict[str, Any]:
    """Place a map and write its page; processor seconds of each."""
    from ecosystem.publish.layout import place
    from ecosystem.publish.map import write_map

    view = made_up(count)
    began = time.process_time()
    placed = place(view)
    laid = time.process_time()
    path = write_map(placed, folder / f"ours-{count}.html")
    return {
        "view": placed,
        "path": path,
        "layout": laid - began,
        "write": time.process_time() - laid,
        "kB": path.stat().st_size / 1000,
        "ties": len(view.ties),
    }


def build_plain(view: Any, folder: Path) -> dict[str, Any]:
    """Write the same map as pyvis does by itself."""
    from pyvis.network import Network

    began = time.process_time()
    network = Network(height="800px", width="100%", cdn_resources="in_line")
    network.toggle_physics(False)
    for node in view.nodes:
        network.add_node(node.id, label=node.label, x=node.x, y=node.y, size=7 + 17 * node.size)
    for tie in view.ties:
        network.add_edge(tie.source, tie.target)
    path = folder / f"plain-{len(view.nodes)}.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    return {"path": path, "write": time.process_time() - began, "kB": path.stat().st_size / 1000}


def looked_at(browser: Any, path: Path, frames: int) -> dict[str, float]:
    """Open a page with the network off, pan its map, and say what that took."""
    context = browser.new_context(viewport=WINDOW)
    context.set_offline(True)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(path.as_uri(), wait_until="domcontentloaded", timeout=WAIT)
    page.wait_for_function("document.readyState === 'complete' && document.querySelector('canvas')", timeout=WAIT)
    page.wait_for_timeout(1500)
    times = page.evaluate(
        "({ paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,"
        " drawn: performance.getEntriesByName('map drawn')[0]?.startTime })"
    )
    session = context.new_cdp_session(page)
    script = pan(page, session, frames)
    context.close()
    return {**{name: value for name, value in times.items() if value}, **script}


def pan(page: Any, session: Any, frames: int) -> dict[str, float]:
    """Drag the map, a step a frame; return what `scripted` finds."""
    box = page.evaluate(
        "(() => { const b = (document.querySelector('#network') || document.querySelector('#mynetwork'))"
        ".getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
    )
    events: list[dict[str, Any]] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    ended: list[bool] = []
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    page.mouse.move(*box)
    page.mouse.down()
    session.send("Tracing.start", {"transferMode": "ReportEvents", "categories": "devtools.timeline,blink.user_timing"})
    for step in range(frames):
        page.mouse.move(box[0] + 2 * (step % 40), box[1] + step % 30)
        page.evaluate("new Promise(requestAnimationFrame)")
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    page.mouse.up()
    return scripted(events, frames)


def scripted(events: list[dict[str, Any]], frames: int) -> dict[str, float]:
    """Return the processor time in script for each step of the drag, in ms: the mean, and the longest single task."""
    drawn = [(event["pid"], event["tid"]) for event in events if event["name"] == "FireAnimationFrame"]
    thread = max(set(drawn), key=drawn.count)
    mine = sorted(
        (e for e in events if (e["pid"], e["tid"]) == thread and e.get("ph") == "X" and e["name"] in FRAME),
        key=lambda event: (event["ts"], -event["dur"]),
    )
    spent, end = [], 0.0
    for event in mine:
        if event["ts"] >= end:  # else within one that was counted
            end = event["ts"] + event["dur"]
            spent.append(event.get("tdur", event["dur"]) / 1000)
    return {"frame": sum(spent) / frames, "longest": max(spent)}


def by_command(count: int, folder: Path, runs: int = 3) -> float:
    """Return the processor seconds of `ecosystem map` in a fresh process, the best of several."""
    made_up_data = runpy.run_path(str(ROOT / "benchmarks" / "site.py"))["made_up"]
    data, spent = made_up_data(folder / f"data-{count}", count // 2), []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, str(ROOT / "cli.py"), "map", "-d", str(data), "-o", str(folder / "map.html")]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[])
    parser.add_argument("--plain-up-to", type=int, default=10_000, help="plain pyvis takes minutes beyond")
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument(
        "--command", action="store_true", help="the whole command in a fresh process, without a browser"
    )
    asked = parser.parse_args()
    if asked.command:
        with tempfile.TemporaryDirectory() as name:
            for count in asked.sizes or [1000]:
                print(json.dumps({"nodes": count, "ecosystem map, CPU s": round(by_command(count, Path(name)), 2)}))
        return 0
    return in_browser(asked)


def in_browser(asked: argparse.Namespace) -> int:
    """Open pages of every size in a browser; return 1 if one is slower than it may be."""
    from browser import find_chromium
    from playwright.sync_api import sync_playwright

    failed = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build(3000, folder)  # compiles what is compiled once
        for count in asked.sizes or [500, 2000, 10_000, 35_000]:
            mine = build(count, folder)
            pages = {"ours": mine}
            if count <= asked.plain_up_to:
                pages["plain pyvis"] = build_plain(mine["view"], folder)
            for who, told in pages.items():
                browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=[*SOFTWARE_GL])
                told |= looked_at(browser, told["path"], asked.frames)
                browser.close()
                shown = {key: round(value, 2) for key, value in told.items() if key not in ("view", "path")}
                print(json.dumps({"nodes": count, "page": who, **shown}), flush=True)
            failed += mine["frame"] > LIMIT_FRAME or (count == 10_000 and mine["layout"] > LIMIT_LAYOUT)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
