// What we draw ourselves, under and over what the renderer draws: areas, rings, names.

const AREA_PAD = 17;
const SMALL = 0.45; // a map seen from so far has no room for thin dashes
const LEAST_RING = 2.5; // pixels: about a smaller node a ring would hide it
let areaCache = { key: "", areas: [] };

// The part of the map in sight, with so many more of its own width and height on each side.
function sight(scale, more = 0) {
  const centre = renderer.centre();
  const across = (holder.clientWidth / scale) * (0.5 + more), down = (holder.clientHeight / scale) * (0.5 + more);
  return { left: centre.x - across, right: centre.x + across, top: centre.y - down, bottom: centre.y + down };
}

const isWithin = (point, box) => point.x > box.left && point.x < box.right && point.y > box.top && point.y < box.bottom;

// The outline of points: Andrew's monotone chain.
function outline(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (ordered) => {
    const chain = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

// One soft area for each group that stands together, and for the row of isolates.
function areas() {
  if (areaCache.state === state) return areaCache.areas;
  const key = asFragment({ ...state, ...closed, view: "all", part: null });
  if (areaCache.key !== key) areaCache = { key, areas: foundAreas() };
  areaCache.state = state;
  return areaCache.areas;
}

function foundAreas() {
  const members = new Map();
  const alone = [];
  for (const node of nodes) {
    if (nodeUndrawn(node)) continue;
    if (!node.ties.length) alone.push(node);
    if (node.area === undefined) continue;
    if (!members.has(node.area)) members.set(node.area, []);
    members.get(node.area).push(node);
  }
  const found = [...members.values()].map(areaOf);
  if (alone.length) found.push({ ...areaOf(alone), shape: null });
  return found.sort((a, b) => b.size - a.size);
}

// Points around nodes, at the distance that an area keeps from them.
function rim(members, steps) {
  return members.flatMap((node) =>
    Array.from({ length: steps }, (_, step) => {
      const angle = (step * 2 * Math.PI) / steps, reach = node.radius + AREA_PAD;
      return [node.x + reach * Math.cos(angle), node.y + reach * Math.sin(angle), node];
    }),
  );
}

function areaOf(members) {
  const outermost = [...new Set(outline(rim(members, 8)).map((point) => point[2]))];
  const edge = outline(rim(outermost, 20));
  const shape = new Path2D();
  edge.forEach(([x, y], number) => (number ? shape.lineTo(x, y) : shape.moveTo(x, y)));
  shape.closePath();
  const [xs, ys] = [0, 1].map((axis) => edge.map((point) => point[axis]));
  const top = Math.min(...ys);
  const crest = edge.filter((point) => point[1] < top + 6).map((point) => point[0]);
  return {
    shape,
    edge,
    member: members[0],
    x: (Math.min(...crest) + Math.max(...crest)) / 2,
    top,
    bottom: Math.max(...ys),
    left: Math.min(...xs),
    right: Math.max(...xs),
    size: members.length,
  };
}

// What an area is called and painted, and whether the view wants it named; null where it has no name.
function nameOfArea({ member, shape }) {
  if (!shape) return { label: say("isolates"), paint: NO_COLOUR, wanted: false };
  if (state.view === "communities") {
    const community = page.areasAre === "communities" && page.communities[member.community];
    return community ? { label: community.label, paint: community.paint, wanted: state.part?.number === member.community } : null;
  }
  const group = page.areasAre === "groups" && groups[member.group];
  if (!group) return null;
  const at = (pair) => pair.groups.includes(member.group) && pair.ties.some((tie) => !tieHidden(tie));
  const atBorder = state.view === "borders" && (state.part ? at(state.part) : [...borders.values()].some(at));
  return { label: group.label, paint: member.paint, wanted: atBorder || state.view === `group:${group.id}` };
}

function alpha(colour, share) {
  return `${colour}${Math.round(share * 255).toString(16).padStart(2, "0")}`;
}

renderer.on("under", (context) => {
  const dark = isDark();
  for (const area of areas()) {
    if (!area.shape) continue;
    const name = nameOfArea(area);
    context.fillStyle = alpha(colourOf(`p${name ? name.paint : NO_COLOUR}`), name ? (dark ? 0.16 : 0.1) : dark ? 0.12 : 0.08);
    context.fill(area.shape);
  }
});

renderer.on("over", (context, scale) => {
  const turned = context.getTransform();
  const wanted = standingOut();
  drawRings(context, scale, wanted);

  const ratio = turned.a / scale; // canvas pixels in a CSS pixel
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const offsetX = turned.e / ratio, offsetY = turned.f / ratio;
  for (const label of placeLabels(scale, wanted).toReversed()) write(context, label, offsetX, offsetY);
  const tie = candidate || hovered.tie;
  if (tie) writeRelation(context, tie, scale, offsetX, offsetY);
  context.restore();
});

// Which nodes may get a ring, for as long as the same is looked at.
let ringedFor = {};
function ringable(wanted) {
  if (ringedFor.state !== state || ringedFor.wanted !== wanted) {
    const found = nodes.filter((node) => (node.gaps.length || node.leading || node === state.node) && !nodeUndrawn(node) && (!wanted || wanted.nodes.has(node.number)));
    ringedFor = { state, wanted, found };
  }
  return ringedFor.found;
}

// A ring about brokers, a dashed outline where something is missing, bolder where gaps are looked at; a strong ring for
// the selected.
function drawRings(context, scale, wanted) {
  const ring = (node, reach, width, dash, colour) => {
    context.beginPath();
    context.setLineDash(dash.map((part) => part / scale));
    context.lineWidth = width / scale;
    context.strokeStyle = colour;
    context.arc(node.x, node.y, node.radius + reach / Math.max(scale, 0.5), 0, 2 * Math.PI);
    context.stroke();
  };
  const box = sight(scale, 0.1);
  context.save();
  for (const node of ringable(wanted)) {
    if (!isWithin(node, box)) continue;
    const missing = node.gaps.length > 0;
    if (node.radius * scale < LEAST_RING && !node.leading && node !== state.node) continue;
    if (missing && state.view === "gaps") ring(node, 4.5, 1.8, [4, 3], colourOf("ink"));
    else if (node.leading) ring(node, 3.5, missing ? 2 : 1.6, missing ? [7, 3] : [], colourOf("ink"));
    else if (missing && scale > SMALL) ring(node, 3, 1.2, [2.6, 2.4], colourOf(`p${paintOf(node)}-line`));
    if (node === state.node) ring(node, 8, 3, [], colourOf("accent"));
  }
  if (candidate) ring(other(candidate, state.node), 8, 3, [6, 3], colourOf("focus"));
  context.restore();
}

// The relation's name in the middle of its tie.
function writeRelation(context, tie, scale, offsetX, offsetY) {
  const middle = renderer.middleOf(tie);
  const x = middle.x * scale + offsetX, y = middle.y * scale + offsetY;
  context.font = `600 12.5px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const text = relations[tie.relation].label;
  const width = context.measureText(text).width + 16;
  context.fillStyle = colourOf("ink");
  context.beginPath();
  context.roundRect(x - width / 2, y - 11, width, 22, 11);
  context.fill();
  context.fillStyle = colourOf("paper");
  context.fillText(text, x, y + 0.5);
}
