// Clusters: all of a group, community or family of kinds as one mark with its count, and the ties of its members bundled.

const CLUSTER_LEAST = 15, CLUSTER_GROWTH = 3.2, CLUSTER_MOST = 60; // radii, in pixels at scale 1
const APART = 16;
const AREA_LIST = { groups: "group", communities: "community" }[page.areasAre];
let clusterCache = { key: "", clusters: new Map(), bundles: [] };

// The cluster that a node is folded into: the first list that folds it, in the order of FOLDABLE.
function clusterKey(node) {
  const list = FOLDABLE.find((one) => state.folded[one].has(markOf(node, one)));
  return list ? entry(list, markOf(node, list)) : null;
}

function clusterLook() {
  const key = asFragment({ ...state, ...closed, steps: 0, part: null });
  if (clusterCache.key === key) return clusterCache;
  const clusters = new Map();
  for (const node of nodes) {
    if (nodeHidden(node)) continue;
    const name = clusterKey(node);
    if (!name) continue;
    if (!clusters.has(name)) clusters.set(name, { key: name, of: entryOf(name), members: [] });
    clusters.get(name).members.push(node);
  }
  for (const one of clusters.values()) {
    const mean = (axis) => one.members.reduce((sum, node) => sum + node[axis], 0) / one.members.length;
    const radius = Math.min(CLUSTER_MOST, CLUSTER_LEAST + CLUSTER_GROWTH * Math.sqrt(one.members.length));
    Object.assign(one, { x: mean("x"), y: mean("y"), radius, label: lists[one.of[0]][one.of[1]].label, paint: paintOfCluster(one) });
  }
  ringUp([...clusters.values()].filter(({ of: [list] }) => list !== AREA_LIST));
  pushApart([...clusters.values()]);
  clusterCache = { key, clusters, bundles: bundlesOf(clusters) };
  return clusterCache;
}

function paintOfCluster({ of: [list], members }) {
  const paints = new Set(members.map(paintOf));
  return paints.size === 1 ? [...paints][0] : list === "community" && state.view !== "communities" ? page.communities[members[0].community].paint : NO_COLOUR;
}

// Clusters whose members stand mixed all have their middle in the middle: they go on a ring, in the order of it.
function ringUp(list) {
  if (list.length < 3) return;
  const { left, right, top, bottom } = extent(nodes), x = (left + right) / 2, y = (top + bottom) / 2;
  const turn = (one) => Math.atan2(one.y - y, one.x - x);
  list.map((one) => [turn(one), one]).sort((a, b) => a[0] - b[0]).forEach(([, one], number) => {
    const angle = (2 * Math.PI * number) / list.length - Math.PI / 2;
    one.x = x + 0.38 * (right - left) * Math.cos(angle);
    one.y = y + 0.38 * (bottom - top) * Math.sin(angle);
  });
}

// What is folded into neighbouring clusters could make them lie on each other.
function pushApart(list) {
  for (let round = 0; round < 60; round++) {
    let still = true;
    list.forEach((one, number) => {
      for (const far of list.slice(number + 1)) {
        const dx = far.x - one.x || 0.01 * (number + 1), dy = far.y - one.y || 0.01, distance = Math.hypot(dx, dy);
        const lack = one.radius + far.radius + APART - distance;
        if (lack <= 0) continue;
        still = false;
        const shift = lack / 2 / distance;
        one.x -= dx * shift; one.y -= dy * shift; far.x += dx * shift; far.y += dy * shift;
      }
    });
    if (still) return;
  }
}

// The ties between clusters, and between clusters and nodes, bundled by their ends.
function bundlesOf(clusters) {
  const found = new Map();
  for (const tie of ties) {
    if (tieHidden(tie)) continue;
    const ends = [nodes[tie.source], nodes[tie.target]].map((node) => clusters.get(clusterKey(node)) || node);
    if (ends[0] === ends[1] || !ends.some((end) => end.members)) continue;
    const name = ends.map((end) => (end.members ? end.key : String(end.number))).sort().join(" ");
    if (!found.has(name)) found.set(name, { ends, ties: [] });
    found.get(name).ties.push(tie);
  }
  return [...found.values()];
}

const clustersInSight = () => [...clusterLook().clusters.values()];
const bundleWidth = (bundle) => Math.min(14, 1.2 + 1.6 * Math.sqrt(bundle.ties.length));

function clusterBoxes(scale) {
  return clustersInSight().map(({ x, y, radius }) => {
    const r = radius * scale + 3;
    return { left: x * scale - Math.max(r, 60), right: x * scale + Math.max(r, 60), top: y * scale - r, bottom: y * scale + r + 32, owner: "cluster" };
  });
}

const clusterAt = ({ x, y }) => clustersInSight().find((one) => Math.hypot(one.x - x, one.y - y) <= one.radius);

function openCluster(point) {
  const one = clusterAt(point);
  if (one) look({ ...closed, cluster: one.of });
  return Boolean(one);
}

function setFolded(list, numbers, folded) {
  const set = new Set(state.folded[list]);
  for (const number of numbers) {
    if (folded) set.add(number);
    else set.delete(number);
  }
  look({ ...closed, folded: { ...state.folded, [list]: set } });
}

// What a double click on a cluster or an area does.
function foldOrUnfold(point) {
  const cluster = clusterAt(point);
  if (cluster) return setFolded(cluster.of[0], [cluster.of[1]], false);
  const area = AREA_LIST && areas().find((one) => one.shape && inside(point, one.edge));
  if (area) setFolded(AREA_LIST, [area.member[AREA_LIST]], true);
}

function inside({ x, y }, edge) {
  let odd = false;
  edge.forEach(([x1, y1], number) => {
    const [x2, y2] = edge[(number || edge.length) - 1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  });
  return odd;
}

renderer.on("under", (context) => {
  const faded = Boolean(emphasis());
  for (const bundle of clusterLook().bundles) {
    const [one, far] = bundle.ends;
    context.beginPath();
    context.moveTo(one.x, one.y);
    context.lineTo(far.x, far.y);
    context.lineWidth = bundleWidth(bundle);
    context.strokeStyle = alpha(colourOf("quiet"), faded ? 0.2 : 0.45);
    context.stroke();
  }
});

renderer.on("over", (context, scale) => {
  const wanted = emphasis();
  context.save();
  context.textAlign = "center";
  context.lineJoin = "round";
  for (const one of clustersInSight()) {
    const faded = wanted && !one.members.some((node) => wanted.nodes.has(node.number));
    context.globalAlpha = faded ? 0.35 : 1;
    context.beginPath();
    context.arc(one.x, one.y, one.radius, 0, 2 * Math.PI);
    context.fillStyle = colourOf("paper");
    context.fill();
    context.fillStyle = alpha(colourOf(`p${one.paint}`), 0.22);
    context.fill();
    context.lineWidth = 3 / Math.max(scale, 0.5);
    context.strokeStyle = colourOf(`p${one.paint}-line`);
    context.stroke();
    if (state.cluster && entry(...state.cluster) === one.key) {
      context.beginPath();
      context.arc(one.x, one.y, one.radius + 6 / scale, 0, 2 * Math.PI);
      context.strokeStyle = colourOf("accent");
      context.stroke();
    }
    context.fillStyle = colourOf("ink");
    context.font = `700 ${Math.max(14 / scale, Math.min(one.radius * 0.7, 26))}px ${FONT}`;
    context.textBaseline = "middle";
    context.fillText(figure(one.members.length), one.x, one.y);
  }
  context.globalAlpha = 1;
  context.textBaseline = "top";
  context.font = `600 ${12.5 / scale}px ${FONT}`;
  context.lineWidth = 4 / scale;
  context.strokeStyle = colourOf("canvas");
  for (const { one, lines } of clusterNames(scale)) {
    lines.forEach((line, number) => {
      const y = one.y + one.radius + (5 + 15 * number) / scale;
      context.strokeText(line, one.x, y);
      context.fillText(line, one.x, y);
    });
  }
  context.restore();
});

// The names of clusters that have room below them, the largest first.
function clusterNames(scale) {
  const taken = takenBoxes(), named = [];
  for (const one of clustersInSight()) {
    const r = one.radius * scale;
    taken.add({ left: one.x * scale - r, right: one.x * scale + r, top: one.y * scale - r, bottom: one.y * scale + r, owner: one.key });
  }
  for (const one of clustersInSight().sort((a, b) => b.members.length - a.members.length)) {
    const text = measured(wrapped(one.label, 2), "strong"), top = (one.y + one.radius) * scale + 4;
    const box = { left: one.x * scale - text.width / 2, right: one.x * scale + text.width / 2, top, bottom: top + text.height, owner: one.key };
    if (taken.hits(box).length) continue;
    taken.add({ ...box, owner: null });
    named.push({ one, lines: text.lines });
  }
  return named;
}

function profileOfCluster([list, number]) {
  const one = clusterLook().clusters.get(entry(list, number));
  if (!one) return [...head(null, lists[list][number].label, say("members_count", { n: 0 }))];
  const members = [...one.members].sort((a, b) => a.rank - b.rank);
  const bundles = clusterLook().bundles.filter(({ ends }) => ends.includes(one)).sort((a, b) => b.ties.length - a.ties.length);
  const bundleRow = (bundle) => {
    const far = bundle.ends.find((end) => end !== one);
    return make("li", {}, make("details", {}, make("summary", {}, far.label, " ", make("span", { class: "quiet" }, say("ties_count", { n: bundle.ties.length }))), ...bundle.ties.slice(0, MOST_BUNDLED).map(tieBetween)));
  };
  return [
    ...head(null, one.label, say("members_count", { n: members.length })),
    make("p", { class: "foot" }, make("button", { type: "button", onclick: () => setFolded(list, [number], false) }, say("unfold"))),
    ...section(say("members"), make("p", { class: `members p${one.paint}` }, ...members.flatMap((node, place) => [place ? ", " : "", goTo(node, shortName(node))]))),
    ...section(say("bundles"), ...(bundles.length ? [make("ul", { class: "bundles" }, ...bundles.map(bundleRow))] : [make("p", { class: "quiet" }, say("bundles_none"))])),
  ];
}
const MOST_BUNDLED = 30;

find("#fold").addEventListener("change", (event) => {
  const folded = nothingFolded();
  if (event.target.value) lists[event.target.value].forEach((_, number) => folded[event.target.value].add(number));
  look({ ...closed, folded });
});

listeners.push((now) => {
  const whole = FOLDABLE.filter((list) => isWhole(list, now.folded[list]));
  const some = FOLDABLE.some((list) => now.folded[list].size);
  find("#fold").value = whole.length === 1 ? whole[0] : "";
  find("#unfold").hidden = !some;
});
find("#unfold").addEventListener("click", () => look({ ...closed, folded: nothingFolded() }));
