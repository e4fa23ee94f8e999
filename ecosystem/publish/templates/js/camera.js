// What part of the map is in sight.

const EDGE = { top: 44, right: 56, bottom: 64, left: 56 };
const NARROW_EDGE = { top: 40, right: 26, bottom: 40, left: 26 };
const LARGEST_FIT = 1.35;
let moved = false; // whether the reader has chosen another part than the whole

function extent(shown) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, radius } of shown) {
    box.left = Math.min(box.left, x - radius);
    box.right = Math.max(box.right, x + radius);
    box.top = Math.min(box.top, y - radius);
    box.bottom = Math.max(box.bottom, y + radius);
  }
  return box;
}

const NARROW = "(max-width: 900px)";
const SHEET = 0.58; // of the window's height: how much of it the panel may cover on a narrow screen, as in map.css

// The height of the map that no panel covers.
function openHeight() {
  const covered = onScreen(NARROW) && isOpen();
  return covered ? Math.min(holder.clientHeight, innerHeight * (1 - SHEET)) : holder.clientHeight;
}

function cameraOn(shown, largest = LARGEST_FIT) {
  const box = extent(shown);
  const edge = holder.clientWidth < 600 ? NARROW_EDGE : EDGE;
  const width = Math.max(holder.clientWidth - edge.left - edge.right, 50);
  const height = Math.max(openHeight() - edge.top - edge.bottom, 50);
  const scale = Math.min(largest, width / Math.max(box.right - box.left, 1), height / Math.max(box.bottom - box.top, 1));
  const x = (box.left + box.right) / 2 + (edge.right - edge.left) / 2 / scale;
  const y = (box.top + box.bottom) / 2 + (edge.bottom - edge.top + holder.clientHeight - openHeight()) / 2 / scale;
  return { position: { x, y }, scale };
}

// The scale at which the whole map is in sight: names get more room as this is exceeded.
let rest = null;
function restScale() {
  if (rest === null) rest = nodes.length ? cameraOn(nodes).scale : 1;
  return rest;
}

function lookAt(shown, animation = motion(), largest = LARGEST_FIT) {
  if (shown.length) renderer.moveTo({ ...cameraOn(shown, largest), animation });
}

function showWhole(animation = motion()) {
  moved = false;
  rest = null;
  lookAt(nodes, animation);
}

function showAround(node) {
  moved = true;
  lookAt([node, ...node.ties.filter((tie) => !tieHidden(tie)).map((tie) => other(tie, node))]);
}

// Bring a node into sight without changing more than needed.
function bringIntoSight(node) {
  if (onScreen(NARROW)) find(".map").scrollIntoView({ block: "start" });
  const at = renderer.toScreen(node);
  if (at.x > 30 && at.y > 30 && at.x < holder.clientWidth - 30 && at.y < openHeight() - 40) return;
  moved = true;
  const scale = Math.max(renderer.scale(), restScale());
  const lower = (holder.clientHeight - openHeight()) / 2 / scale;
  renderer.moveTo({ position: { x: node.x, y: node.y + lower }, scale, animation: motion() });
}

function zoomBy(factor) {
  moved = true;
  renderer.moveTo({ scale: Math.min(8, Math.max(restScale() * 0.5, renderer.scale() * factor)), animation: motion() });
}

findAll("[data-zoom]").forEach((button) =>
  button.addEventListener("click", () => ({ in: () => zoomBy(1.4), out: () => zoomBy(1 / 1.4), fit: () => showWhole() })[button.dataset.zoom]()),
);
renderer.on("moved", () => (moved = true));

let known = "";
new ResizeObserver(() => {
  const size = `${holder.clientWidth} ${holder.clientHeight}`;
  if (size === known) return;
  const first = !known;
  known = size;
  if (first) return;
  rest = null;
  forgetLabels();
  renderer.resize();
  if (moved) redraw();
  else showWhole(false);
}).observe(holder);

listeners.push((now, before) => {
  if (now.view !== before.view) {
    if (now.view.startsWith("group:")) {
      const id = now.view.slice("group:".length);
      moved = true;
      lookAt(nodes.filter((node) => node.group >= 0 && groups[node.group].id === id), motion(), LARGEST_FIT * 0.8);
    } else showWhole();
  }
  if (now.node && now.node !== before.node) bringIntoSight(now.node);
  if (now.tie && now.tie !== before.tie) bringIntoSight(nodes[now.tie.source]);
});
