// What is seen, as a picture: an SVG of its own with title, legend and sources, and a PNG drawn from that.
// Every text goes in as a text node, and nothing in it is a link or a script.

const PICTURE_PAD = 24, PICTURE_LEAST = 720, SHARPNESS = 2;
const SIZE = { square: 0.71, triangle: 0.87, triangleDown: 0.87, star: 0.94 }; // of a shape, in the radius that it reaches
const DASHES = { added: "6 5", removed: "1.5 4" };
const MOST_ENTRIES = 24; // of one part of the legend
const MOST_SOURCES = 8; // lines

const speakable = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "�");

function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
  element.append(...children.map((child) => (typeof child === "string" ? speakable(child) : child)));
  return element;
}

// The corners of a node's shape, as vis-network draws it; a dot has none.
function cornersOf(shape, x, y, r) {
  const turn = (count, reach, start = 0) =>
    Array.from({ length: count }, (_, step) => [x + reach(step) * Math.sin(start + (2 * Math.PI * step) / count), y - reach(step) * Math.cos(start + (2 * Math.PI * step) / count)]);
  if (shape === "square") return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];
  if (shape === "diamond") return turn(4, () => r);
  if (shape === "hexagon") return turn(6, () => r, Math.PI / 2);
  if (shape === "star") return turn(10, (step) => r * 0.82 * (step % 2 ? 0.5 : 1.3)).map(([a, b]) => [a, b + 0.082 * r]);
  const side = r * 1.15, inner = (Math.sqrt(3) / 3) * side, height = Math.sqrt(3) * side, down = 0.275 * side;
  if (shape === "triangle") return [[x, y + down - (height - inner)], [x + side, y + down + inner], [x - side, y + down + inner]];
  if (shape === "triangleDown") return [[x, y - down + (height - inner)], [x + side, y - down - inner], [x - side, y - down - inner]];
  return null;
}

const points = (corners) => corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

function shapeOf(shape, x, y, r, dress) {
  const corners = cornersOf(shape, x, y, r);
  return corners ? draw("polygon", { points: points(corners), ...dress }) : draw("circle", { cx: x, cy: y, r, ...dress });
}

function tieDrawn(tie, wanted) {
  const given = renderer.lookOf(tie), from = nodes[tie.source], to = nodes[tie.target], colour = tieColour(tie);
  const by = given.control, strength = Math.min(1, given.opacity * (isDark() ? DARK_LINES : 1));
  const opacity = wanted && !wanted.ties.has(tie.number) ? strength * FADED : strength;
  const course = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}${by ? `Q${by.x.toFixed(1)} ${by.y.toFixed(1)} ` : "L"}${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  const line = draw("path", { d: course, fill: "none", stroke: colour, "stroke-width": given.width, "stroke-dasharray": DASHES[tie.ghost] });
  const parts = [line];
  if (relations[tie.relation].directed && from !== to) {
    const back = by || from, length = 6.75 + 3 * given.width, angle = Math.atan2(to.y - back.y, to.x - back.x);
    const at = (reach, aside) => [to.x - reach * Math.cos(angle) + aside * Math.sin(angle), to.y - reach * Math.sin(angle) - aside * Math.cos(angle)];
    parts.push(draw("polygon", { points: points([at(to.radius, 0), at(to.radius + length, length * 0.4), at(to.radius + length, -length * 0.4)]), fill: colour }));
  }
  return draw("g", { opacity }, ...parts);
}

function nodeDrawn(node, wanted, scale) {
  const shown = nodeColours(node), { shape } = kinds[node.kind], size = node.radius * (SIZE[shape] || 1);
  const dress = { fill: shown.background, stroke: shown.border, "stroke-width": node.initiative ? 2.2 : 1.5 };
  const opacity = wanted && !wanted.nodes.has(node.number) ? FADED : node.ghost === "removed" ? 0.3 : undefined;
  const group = draw("g", { opacity }, draw("title", {}, fullName(node)), shapeOf(shape, node.x, node.y, size, dress));
  const ring = (reach, width, dash, colour) =>
    group.append(draw("circle", { cx: node.x, cy: node.y, r: node.radius + reach / Math.max(scale, 0.5), fill: "none", stroke: colour, "stroke-width": width / scale, "stroke-dasharray": dash.map((part) => part / scale).join(" ") || undefined }));
  const lacks = node.gaps.length > 0;
  if (lacks && state.view === "gaps") ring(4.5, 1.8, [4, 3], colourOf("ink"));
  else if (node.leading) ring(3.5, 1.6, lacks ? [7, 3] : [], colourOf("ink"));
  else if (lacks) ring(3, 1.2, [2.6, 2.4], colourOf(`p${paintOf(node)}-line`));
  if (node === state.node) ring(8, 3, [], colourOf("accent"));
  return group;
}

function clusterDrawn(one, names) {
  const middle = { x: one.x, "text-anchor": "middle", fill: colourOf("ink") };
  return draw(
    "g",
    {},
    draw("circle", { cx: one.x, cy: one.y, r: one.radius, fill: colourOf("paper") }),
    draw("circle", { cx: one.x, cy: one.y, r: one.radius, fill: colourOf(`p${one.paint}`), "fill-opacity": 0.22, stroke: colourOf(`p${one.paint}-line`), "stroke-width": 3 }),
    draw("text", { ...middle, y: one.y + 5, "font-size": 16, "font-weight": 700 }, figure(one.members.length)),
    ...(names.get(one) || []).map((line, number) => draw("text", { ...middle, y: one.y + one.radius + 16 + 15 * number, "font-size": 12.5, "font-weight": 600 }, line)),
  );
}

function nameDrawn(label, x, y) {
  const { text } = label, size = Number(/(\d+)px/.exec(text.font)[1]);
  const colour = colourOf(label.paint === undefined ? "ink" : `p${label.paint}-text`);
  const dress = { fill: colour, stroke: colourOf("canvas"), "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke", "font-size": size, "font-weight": text.font.split(" ")[0], "text-anchor": { left: "start", center: "middle", right: "end" }[label.align] };
  return draw("g", dress, ...text.lines.map((line, number) => draw("text", { x: label.x + x, y: label.textTop + y + size * 0.87 + number * text.line }, line)));
}

// The part of the map that is in sight, at its size on the screen.
function mapDrawn(width, height) {
  const scale = renderer.scale(), origin = renderer.toScreen({ x: 0, y: 0 }), wanted = emphasis();
  const seen = nodes.filter((node) => !nodeUndrawn(node)), tied = ties.filter((tie) => !tieUndrawn(tie));
  const strong = (item, set) => Boolean(wanted && set.has(item.number));
  const under = areas().filter((area) => area.shape).map((area) => draw("polygon", { points: points(area.edge), fill: colourOf(`p${nameOfArea(area)?.paint ?? NO_COLOUR}`), "fill-opacity": wanted ? 0.04 : 0.1 }));
  const bundles = clusterLook().bundles.map((bundle) => draw("line", { x1: bundle.ends[0].x, y1: bundle.ends[0].y, x2: bundle.ends[1].x, y2: bundle.ends[1].y, stroke: colourOf("quiet"), "stroke-opacity": 0.45, "stroke-width": bundleWidth(bundle) }));
  const lines = tied.sort((a, b) => strong(a, wanted?.ties) - strong(b, wanted?.ties)).map((tie) => tieDrawn(tie, wanted));
  const marks = seen.sort((a, b) => strong(a, wanted?.nodes) - strong(b, wanted?.nodes)).map((node) => nodeDrawn(node, wanted, scale));
  const ghosts = ghostsInSight().map((one) => {
    const [from, to] = one.ends, by = arcOf(one);
    return draw("path", { d: `M${from.x} ${from.y}Q${by.x} ${by.y} ${to.x} ${to.y}`, fill: "none", stroke: colourOf("ink"), "stroke-width": 1.8 / scale, "stroke-dasharray": `${7 / scale} ${5 / scale}` });
  });
  const clusterLines = new Map(clusterNames(scale).map(({ one, lines }) => [one, lines]));
  return draw(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    draw("rect", { width, height, fill: colourOf("canvas") }),
    draw("g", { transform: `translate(${origin.x} ${origin.y}) scale(${scale})` }, ...under, ...bundles, ...lines, ...ghosts, ...marks, ...clustersInSight().map((one) => clusterDrawn(one, clusterLines))),
    ...placeLabels(scale, wanted).toReversed().map((label) => nameDrawn(label, origin.x, origin.y)),
  );
}

// Text in lines that fit a width; returns them and the height that they take.
function paragraph(text, x, y, width, { size, weight = 400, colour = "ink", most = 4, family }) {
  pen.font = `${weight} ${size}px ${family || FONT}`;
  const lines = [""];
  for (const word of speakable(text).split(/\s+/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (pen.measureText(longer).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]} …`] : lines;
  const right = document.dir === "rtl";
  const dress = { "font-size": size, "font-weight": weight, fill: colourOf(colour), "font-family": family, direction: right ? "rtl" : undefined };
  return { drawn: draw("g", dress, ...shown.map((line, number) => draw("text", { x: right ? x + width : x, y: y + size + number * size * 1.4 }, line))), height: shown.length * size * 1.4 };
}

// The legend as it stands beside the map: what is switched on, each with its mark and count.
function legendDrawn(x, y, width) {
  const group = draw("g", { "font-size": 12.5, fill: colourOf("ink") });
  let left = 0, top = y;
  const colour = (button, name) => getComputedStyle(button).getPropertyValue(name).trim();
  const mark = (button, list, number, at) => {
    const drawn = find(".icon, .swatch", button), fill = colour(drawn, "--fill") || colourOf("quiet"), line = colour(drawn, "--line") || colourOf("quiet");
    if (list === "relation") return draw("line", { x1: at, y1: top + 8, x2: at + 14, y2: top + 8, stroke: line, "stroke-width": 2.5 });
    const hollow = drawn.classList.contains("hollow");
    return shapeOf(list === "kind" ? kinds[number].shape : "dot", at + 7, top + 8, 6, { fill: hollow ? "none" : fill, stroke: line, "stroke-width": 1.5 });
  };
  for (const list of ["community", "group", "kind", "relation"]) {
    const buttons = findAll(`.toggle[data-list=${list}][aria-pressed=true]`).filter((button) => !button.closest("[hidden]") && find(".icon, .swatch", button) && !/^0(\/|$)/.test(find(".entry-count", button).textContent));
    for (const button of buttons.slice(0, MOST_ENTRIES)) {
      const text = `${find(".entry-label", button).textContent} ${find(".entry-count", button).textContent}`;
      pen.font = `400 12.5px ${FONT}`;
      const room = pen.measureText(text).width + 40;
      if (left && left + room > width) [left, top] = [0, top + 21];
      group.append(mark(button, list, Number(button.dataset.number), x + left), draw("text", { x: x + left + 20, y: top + 12.5 }, text));
      left += room;
    }
    if (left) [left, top] = [0, top + 27];
  }
  return { drawn: group, height: top - y };
}

function pictureNow() {
  const width = Math.max(holder.clientWidth, PICTURE_LEAST), room = width - 2 * PICTURE_PAD, parts = [];
  let y = PICTURE_PAD;
  const add = ({ drawn, height }, gap) => {
    parts.push(drawn);
    y += height + gap;
  };
  const serif = getComputedStyle(find("h1")).fontFamily;
  add(paragraph(page.title, PICTURE_PAD, y, room, { size: 24, weight: 600, family: serif, most: 3 }), 2);
  if (page.sentence) add(paragraph(page.sentence, PICTURE_PAD, y, room, { size: 13.5, colour: "quiet" }), 10);
  const map = mapDrawn(holder.clientWidth, holder.clientHeight);
  map.setAttribute("x", String((width - holder.clientWidth) / 2));
  map.setAttribute("y", String(y));
  add({ drawn: map, height: holder.clientHeight }, 18);
  add(legendDrawn(PICTURE_PAD, y, room), 4);
  const small = { size: 11.5, colour: "quiet", most: MOST_SOURCES };
  if (page.sources.length) add(paragraph(`${say("sources")}: ${page.sources.join("; ")}`, PICTURE_PAD, y, room, small), 4);
  add(paragraph([page.date, address()].filter(Boolean).join(" · "), PICTURE_PAD, y, room, small), PICTURE_PAD);
  const family = FONT.replaceAll('"', "'");
  return draw(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height: Math.ceil(y), viewBox: `0 0 ${width} ${Math.ceil(y)}`, role: "img", "font-family": family, lang: page.language },
    draw("title", {}, page.title),
    draw("desc", {}, page.sentence),
    draw("rect", { width: "100%", height: "100%", fill: colourOf("paper") }),
    ...parts,
  );
}

const asText = (picture) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;

async function asPixels(picture) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asText(picture))}`;
  await image.decode();
  const canvas = make("canvas", { width: image.naturalWidth * SHARPNESS, height: image.naturalHeight * SHARPNESS });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

// A name for the file: letters, figures and hyphens of the title and of what is open, nothing else.
function fileName(ending) {
  const said = plain([page.title, state.node && shortName(state.node), state.view !== "all" && !state.node && state.view].filter(Boolean).join(" "));
  return `${said.replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "") || "map"}.${ending}`;
}

function download(blob, name) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const PICTURES = {
  svg: async () => new Blob([asText(pictureNow())], { type: "image/svg+xml" }),
  png: () => asPixels(pictureNow()),
};

findAll("[data-picture]").forEach((button) =>
  button.addEventListener("click", async () => {
    const ending = button.dataset.picture;
    download(await PICTURES[ending](), fileName(ending));
    announce(say("saved", { name: fileName(ending) }));
    button.closest("details").open = false;
  }),
);
