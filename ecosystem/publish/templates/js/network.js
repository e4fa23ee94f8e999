// The network itself: vis-network draws nodes and ties where Python placed them, in the page's own colours.

const holder = find("#network");
const colourOf = (() => {
  let style = getComputedStyle(document.documentElement);
  const cache = new Map();
  const get = (name) => {
    if (!cache.has(name)) cache.set(name, style.getPropertyValue(`--${name}`).trim());
    return cache.get(name);
  };
  get.forget = () => cache.clear();
  return get;
})();

const isDark = () => document.documentElement.dataset.theme === "dark";
const DARK_LINES = 1.4; // thin lines on a dark ground look paler than on a light one

// Colour stands for the group or kind, and in the view of communities for the community.
const NO_COLOUR = 8;
function paintOf(node) {
  if (state.view !== "communities") return node.paint;
  return node.community < 0 ? NO_COLOUR : page.communities[node.community].paint;
}

// Actors are filled, initiatives hollow.
const nodeColours = (node) => ({ background: colourOf(node.initiative ? "canvas" : `p${paintOf(node)}`), border: colourOf(`p${paintOf(node)}-line`) });
const dressNode = (given, number) => ({ ...given, color: nodeColours(nodes[number]), hidden: nodeUndrawn(nodes[number]) });
const dressTie = (given, number) => ({
  ...given,
  color: {
    color: colourOf(`r${ties[number].relation}-line`),
    opacity: Math.min(1, given.opacity * (isDark() ? DARK_LINES : 1)),
    inherit: false,
  },
  hidden: tieUndrawn(ties[number]),
});

const visNodes = new vis.DataSet(vis_data.nodes.map(dressNode));
const visTies = new vis.DataSet(vis_data.edges.map(dressTie));
const network = new vis.Network(holder, { nodes: visNodes, edges: visTies }, vis_data.options);
find(".vis-network", holder).tabIndex = -1; // the holder has the keyboard, not the canvas in it

// Drawn with the next frame, once, however often it is asked for.
const redraw = () => network.body.emitter.emit("_requestRedraw");

function recolour() {
  visNodes.update(nodes.map((node) => ({ id: node.number, color: nodeColours(node) })));
}

function redress() {
  colourOf.forget();
  recolour();
  visTies.update(vis_data.edges.map((given, number) => ({ id: number, color: dressTie(given, number).color })));
}

function hideAndShow() {
  const changed = (items, set, hides) =>
    items.filter((item) => set.get(item.number).hidden !== hides(item)).map((item) => ({ id: item.number, hidden: hides(item) }));
  visNodes.update(changed(nodes, visNodes, nodeUndrawn));
  visTies.update(changed(ties, visTies, tieUndrawn));
}

listeners.push((now, before) => {
  if ((now.view === "communities") !== (before.view === "communities")) recolour();
});

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  find("#theme").textContent = say(theme === "dark" ? "theme_to_light" : "theme_to_dark");
  redress();
  redraw();
}

find("#theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => setTheme(event.matches ? "dark" : "light"));
find("#theme").textContent = say(isDark() ? "theme_to_light" : "theme_to_dark");

// A page is printed light, whatever it is on the screen.
let themeBeforePrint = null;
addEventListener("beforeprint", () => {
  themeBeforePrint = document.documentElement.dataset.theme;
  if (themeBeforePrint === "dark") setTheme("light");
});
addEventListener("afterprint", () => {
  if (themeBeforePrint === "dark") setTheme("dark");
});

// What lies under the pointer: a node first, else a tie.
function under(point) {
  const node = network.getNodeAt(point);
  if (node !== undefined) return { node: nodes[node], tie: null };
  const tie = network.getEdgeAt(point);
  return { node: null, tie: tie === undefined ? null : ties[tie] };
}

network.on("click", (event) => {
  const hit = under(event.pointer.DOM);
  if (hit.node) openNode(hit.node);
  else if (hit.tie) openTie(hit.tie);
  else if (!openCluster(event.pointer.canvas)) closeAll();
});
network.on("doubleClick", (event) => {
  const hit = under(event.pointer.DOM);
  if (hit.node) showAround(hit.node);
  else if (!hit.tie) foldOrUnfold(event.pointer.canvas);
});
function hover(change) {
  hovered = change;
  holder.style.cursor = change.node || change.tie ? "pointer" : "";
  redraw();
}
network.on("hoverNode", (event) => hover({ node: nodes[event.node], tie: null }));
network.on("hoverEdge", (event) => hover({ node: null, tie: ties[event.edge] }));
network.on("blurNode", () => hover({ node: null, tie: null }));
network.on("blurEdge", () => hover({ node: null, tie: null }));
holder.addEventListener("pointerleave", () => hover({ node: null, tie: null }));
