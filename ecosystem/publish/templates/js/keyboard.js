// The map by keyboard: `/` searches, arrows walk the ties of the selected node, Enter opens, Escape closes.

function tiesToWalk(node) {
  const angle = (tie) => Math.atan2(other(tie, node).y - node.y, other(tie, node).x - node.x);
  return node.ties.filter((tie) => !tieHidden(tie) && other(tie, node) !== node).sort((a, b) => angle(a) - angle(b) || a.number - b.number);
}

function walk(step) {
  if (!state.node) {
    const first = byImportance.find((node) => !nodeUndrawn(node));
    if (first) openNode(first);
    return;
  }
  const walkable = tiesToWalk(state.node);
  if (!walkable.length) return announceNode(state.node);
  const at = walkable.indexOf(candidate);
  const next = at < 0 ? (step > 0 ? 0 : walkable.length - 1) : (at + step + walkable.length) % walkable.length;
  candidate = walkable[next];
  const far = other(candidate, state.node);
  bringIntoSight(far);
  announce(say("announce_tie", { n: next + 1, total: walkable.length, relation: relationFrom(candidate, state.node), label: far.label }));
  redraw();
}

const keys = {
  ArrowRight: () => walk(1),
  ArrowDown: () => walk(1),
  ArrowLeft: () => walk(-1),
  ArrowUp: () => walk(-1),
  Enter: () => (candidate ? openNode(other(candidate, state.node)) : state.node ? focusPanel() : walk(1)),
  "+": () => zoomBy(1.4),
  "=": () => zoomBy(1.4),
  "-": () => zoomBy(1 / 1.4),
  0: () => showWhole(),
  1: () => takeSteps(1),
  2: () => takeSteps(2),
  3: () => takeSteps(3),
};

holder.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "Escape" && !typing) {
    if (candidate) {
      candidate = null;
      redraw();
    } else if (state.pair) look({ pair: null });
    else if (isOpen()) leavePanel();
    else if (state.part) look({ part: null });
    else if (state.view !== "all") look({ view: "all" });
  }
});

listeners.unshift(() => (candidate = null));
