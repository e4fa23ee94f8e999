// Which names are written, and where: the important first, none over another or over a node.
// Places are worked out for a zoom level, relative to the nodes, so that panning moves names with them.

const LABELS_AT_REST = 40;
const PIXELS_A_LABEL = 14000; // small screens have room for fewer
const MAY_COVER = 30; // so many of the most important names may lie over lesser nodes
const TRIES = 6; // so many nodes are tried for each name that there is room for
const WRAP = 24;
const NARROW_WRAP = 13; // where a name in wide lines finds no place
const LINES = 3;
const FONT = getComputedStyle(document.documentElement).fontFamily;
const CELL = 80;
const pen = document.createElement("canvas").getContext("2d");

// Lines of at most 24 characters, cut between words.
function wrapped(text, lines = LINES, wrap = WRAP) {
  const out = [""];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = out[out.length - 1];
    if (!last) out[out.length - 1] = word;
    else if (last.length + 1 + word.length <= wrap) out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  const fitted = out.flatMap((line) => line.match(new RegExp(`.{1,${WRAP + 6}}`, "gu")) || [""]);
  if (fitted.length <= lines) return fitted;
  return [...fitted.slice(0, lines - 1), `${fitted[lines - 1].slice(0, wrap - 1).trimEnd()}…`];
}

function style(kind) {
  if (kind === "area") return { font: `600 12px ${FONT}`, line: 15 };
  if (kind === "strong") return { font: `600 13px ${FONT}`, line: 16 };
  return { font: `500 12px ${FONT}`, line: 14.5 };
}

function measured(lines, kind) {
  const { font, line } = style(kind);
  pen.font = font;
  return { lines, kind, font, line, width: Math.max(...lines.map((text) => pen.measureText(text).width)), height: lines.length * line };
}

// Boxes that are taken, found by the cells that they touch.
function takenBoxes() {
  const cells = new Map();
  const over = (box, act) => {
    for (let i = Math.floor(box.left / CELL); i <= Math.floor(box.right / CELL); i++) {
      for (let j = Math.floor(box.top / CELL); j <= Math.floor(box.bottom / CELL); j++) if (act(i * 65536 + j)) return true;
    }
    return false;
  };
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    add: (box) => over(box, (key) => void (cells.get(key) || cells.set(key, []).get(key)).push(box)),
    hits: (box) => {
      const found = new Set();
      over(box, (key) => void (cells.get(key) || []).forEach((one) => one !== box && one.owner !== box.owner && touch(one, box) && found.add(one)));
      return [...found];
    },
  };
}

// Where a name may stand about its node, the best place first: below, above, beside, at the corners.
function spots(x, y, radius, text) {
  const { width, height } = text;
  const near = radius + 4, slant = radius * 0.7 + 3;
  const at = (left, textTop, align) => ({
    x: align === "left" ? left : align === "right" ? left + width : left + width / 2,
    textTop, align, left: left - 3, right: left + width + 3, top: textTop - 1, bottom: textTop + height + 1,
  });
  return [
    at(x - width / 2, y + near, "center"),
    at(x - width / 2, y - near - height, "center"),
    at(x + near + 2, y - height / 2, "left"),
    at(x - near - 2 - width, y - height / 2, "right"),
    at(x + slant, y + slant, "left"),
    at(x - slant - width, y + slant, "right"),
    at(x + slant, y - slant - height, "left"),
    at(x - slant - width, y - slant - height, "right"),
  ];
}

// The first free spot. The name of a node that matters may cover a few that matter much less.
function bestSpot(all, node, taken, frame) {
  let best = null, least = Infinity;
  for (const spot of all) {
    if (frame && !within(spot, frame)) continue;
    const hits = taken.hits({ ...spot, owner: node.number });
    if (!hits.length) return spot;
    const cost = hits.reduce((sum, hit) => sum + (hit.weight === undefined ? Infinity : hit.weight), 0);
    if (cost < least) [best, least] = [spot, cost];
  }
  return least < node.importance * 0.3 && node.rank < MAY_COVER ? best : null;
}

// In the view of communities, those that the larger communities are called after.
const giveName = (node) => state.view === "communities" && node.community >= 0 && node.community < NO_COLOUR && page.communities[node.community].id === node.id;

const within = (box, frame) => box.left > frame.left && box.right < frame.right && box.top > frame.top && box.bottom < frame.bottom;

// The part of the map that is in sight, while it is the whole: names must not run over its edge.
function frameAtRest(scale) {
  if (moved) return null;
  const middle = renderer.centre();
  const width = holder.clientWidth / 2 - 6, height = holder.clientHeight / 2 - 6;
  return { left: middle.x * scale - width, right: middle.x * scale + width, top: middle.y * scale - height, bottom: middle.y * scale + height };
}

const ringed = (node) => (node.gaps.length ? 5 : node.leading ? 4 : 0);

const MORE_SIGHT = 1; // names are placed for so much more than is in sight, on each side
const TINY = 1.5; // pixels: a name may cover nodes that are drawn so small
const WIDE_AREA = 1.2; // times its name: such an area may have it over nodes of its own,
const COVERED = 0.1; // over such a share of them at most
const AREAS_SHARE = 2 / 3; // of the names at most, where there are many areas

let placedFor = {};
let placed = [];

// The names to write at this scale: for `wanted` (emphasis) theirs alone, else as many as the zoom has room for.
// What was placed stays until something else is looked at, or the reader has moved to where nothing is placed yet.
function placeLabels(scale, wanted) {
  const frame = frameAtRest(scale);
  const key = [frame ? Object.values(frame).map(Math.round).join() : "", scale.toFixed(3)].join(";");
  const seen = sight(scale);
  const { box } = placedFor;
  const covered = box && seen.left >= box.left && seen.right <= box.right && seen.top >= box.top && seen.bottom <= box.bottom;
  if (covered && placedFor.key === key && placedFor.state === state && placedFor.wanted === wanted) return placed;
  placedFor = { key, state, wanted, box: sight(scale, MORE_SIGHT) };
  placed = placedIn(placedFor.box, scale, wanted, frame);
  return placed;
}

function placedIn(box, scale, wanted, frame) {
  const out = [];
  const taken = takenBoxes();
  const shown = byImportance.filter((node) => (!wanted || wanted.nodes.has(node.number)) && isWithin(node, box) && !nodeUndrawn(node));
  for (const node of shown) {
    const x = node.x * scale, y = node.y * scale, r = node.radius * scale + 1;
    if (r > TINY) taken.add({ left: x - r, right: x + r, top: y - r, bottom: y + r, owner: node.number, weight: node.importance });
  }
  for (const box of clusterBoxes(scale)) taken.add(box);
  const atRest = Math.min(LABELS_AT_REST, Math.round((holder.clientWidth * holder.clientHeight) / PIXELS_A_LABEL));
  const screens = Math.min((1 + 2 * MORE_SIGHT) ** 2, Math.max(1, (scale / restScale()) ** 2));
  const most = Math.min(400, Math.round(atRest * screens));
  const named = placeAreaNames(box, scale, wanted, frame, taken, Math.ceil(most * AREAS_SHARE));
  out.push(...named);
  out.push(...placeNodeNames(shown, scale, wanted, frame, taken, most - named.length));
  return out;
}

// Where the name of an area may stand: above it, within its top, below; then in its middle or, of a small one, beside it.
function areaSpots(area, scale, text, frame) {
  const [left, top, right, bottom] = [area.left, area.top, area.right, area.bottom].map((value) => value * scale);
  const at = (x, textTop) => {
    const free = x - text.width / 2;
    const start = frame ? Math.min(Math.max(free, frame.left + 6), frame.right - text.width - 6) : free;
    return { x: start + text.width / 2, textTop, top: textTop, align: "center", left: start - 4, right: start + text.width + 4, bottom: textTop + text.height + 1, owner: area };
  };
  const crest = area.x * scale, inner = (left + right) / 2, middle = (top + bottom - text.height) / 2, beside = text.width / 2 + 6;
  const wide = right - left > text.width * WIDE_AREA && bottom - top > text.height * WIDE_AREA;
  const over = top - text.height - 5, under = bottom + 5;
  const within = [0, -2, 2, -4, 4].map((lines) => ({ ...at(inner, middle + lines * text.height), mayCover: area.size * COVERED }));
  const outside = [at(right + beside, middle), at(left - beside, middle)];
  return [at(crest, over), at(inner, over), at(crest, top + 4), at(crest, under), at(inner, under), ...(wide ? within : outside)];
}

// The first free spot; where there is none, the one over nodes of its own that matter least, but over no name.
function bestAreaSpot(spots, taken) {
  let best = null, least = Infinity;
  for (const spot of spots) {
    const hits = taken.hits(spot);
    if (!hits.length) return spot;
    const cost = hits.reduce((sum, hit) => sum + (hit.weight === undefined || nodes[hit.owner].leading ? Infinity : hit.weight), 0);
    if (hits.length <= spot.mayCover && cost < least) [best, least] = [spot, cost];
  }
  return best;
}

function placeAreaNames(box, scale, wanted, frame, taken, room) {
  const out = [];
  for (const area of areas()) {
    if (out.length >= room) break;
    const name = nameOfArea(area);
    if (!name || (wanted && !name.wanted) || area.x < box.left || area.x > box.right || area.bottom < box.top || area.top > box.bottom) continue;
    const text = measured(wrapped(name.label, 2), "area");
    const spot = bestAreaSpot(areaSpots(area, scale, text, frame), taken);
    if (!spot) continue;
    taken.add(spot);
    out.push({ ...spot, text, paint: name.paint });
  }
  return out;
}

function placeNodeNames(order, scale, wanted, frame, taken, room) {
  const out = [];
  if (wanted) order.sort((a, b) => wanted.first.has(b.number) - wanted.first.has(a.number));
  else if (state.view === "communities") order.sort((a, b) => giveName(b) - giveName(a));
  let tries = room * TRIES;
  for (const node of order) {
    const first = wanted && wanted.first.has(node.number);
    if ((out.length >= room || tries-- <= 0) && !first) break;
    const words = first && !state.view.startsWith("group:") ? fullName(node) : shortName(node);
    const kind = first || node.leading || giveName(node) ? "strong" : "plain";
    const spotsOf = (text) => spots(node.x * scale, node.y * scale, node.radius * scale + ringed(node), text);
    let text = measured(wrapped(words), kind);
    let spot = bestSpot(spotsOf(text), node, taken, frame);
    if (!spot && words.length > NARROW_WRAP) {
      const narrow = measured(wrapped(words, LINES, NARROW_WRAP), kind);
      spot = bestSpot(spotsOf(narrow), node, taken, frame);
      if (spot) text = narrow;
    }
    if (!spot && first) spot = spotsOf(text)[0];
    if (!spot) continue;
    taken.add({ ...spot, owner: null });
    out.push({ ...spot, text, node, paint: giveName(node) ? paintOf(node) : undefined });
  }
  return out;
}

function forgetLabels() {
  placedFor = {};
}

// Write one name, in screen pixels, with a halo that keeps it readable over ties.
function write(context, label, offsetX, offsetY) {
  const { text } = label;
  context.font = text.font;
  context.textAlign = label.align;
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = colourOf("canvas");
  context.fillStyle = label.paint === undefined ? colourOf("ink") : colourOf(`p${label.paint}-text`);
  text.lines.forEach((line, number) => {
    const x = label.x + offsetX, y = label.textTop + offsetY + number * text.line;
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
}
