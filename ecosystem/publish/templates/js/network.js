// The network on the page: the renderer in use, the page's theme, and what a click and the pointer do.

// What stands out just now, worked out once for all frames in which nothing else is looked at.
let stood = { wanted: null };
function standingOut() {
  if (stood.state !== state || stood.node !== hovered.node || stood.tie !== hovered.tie || stood.candidate !== candidate) {
    stood = { state, node: hovered.node, tie: hovered.tie, candidate, wanted: emphasis() };
  }
  return stood.wanted;
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return typeof Sigma === "function" && Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
}

function openRenderer(drawing) {
  if (drawing.renderer !== "webgl") return visRenderer(drawing);
  for (const { tie, bend } of rowsOf(drawing.bends)) bends.set(tie, bend);
  const [width, opacity] = [drawing.width, drawing.opacity].map((column) => valuesOf(column).map((value) => value));
  return (hasWebGL() ? sigmaRenderer : stillRenderer)({ width, opacity });
}

const renderer = openRenderer(read("network-data"));
holder.dataset.renderer = renderer.name;
const redraw = () => renderer.redraw();
const hideAndShow = () => renderer.hideAndShow();

listeners.push((now, before) => {
  if ((now.view === "communities") !== (before.view === "communities")) renderer.recolour();
});

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  find("#theme").textContent = say(theme === "dark" ? "theme_to_light" : "theme_to_dark");
  colourOf.forget();
  renderer.recolour();
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

renderer.on("click", (hit) => {
  if (hit.node) openNode(hit.node);
  else if (hit.tie) openTie(hit.tie);
  else if (!openCluster(hit.point)) closeAll();
});
renderer.on("doubleClick", (hit) => {
  if (hit.node) showAround(hit.node);
  else if (!hit.tie) foldOrUnfold(hit.point);
});
function hover(change) {
  hovered = change;
  holder.style.cursor = change.node || change.tie ? "pointer" : "";
  redraw();
}
renderer.on("hover", hover);
holder.addEventListener("pointerleave", () => hover({ node: null, tie: null }));
