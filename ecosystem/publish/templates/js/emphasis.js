// Which nodes and ties stand out just now; the rest is faded. Null when nothing does.

let hovered = { node: null, tie: null };
let candidate = null; // the tie that the keyboard has walked to

// Asked for with every frame, worked out only when something has changed.
let emphasisCache = { key: "", found: null };
function emphasis() {
  const key = [asFragment(state), hovered.node?.number, hovered.tie?.number, candidate?.number].join("|");
  if (emphasisCache.key !== key) emphasisCache = { key, found: whatStandsOut() };
  return emphasisCache.found;
}

function whatStandsOut() {
  if (candidate) return aroundNode(state.node, candidate);
  if (hovered.node) return aroundNode(hovered.node, null);
  if (state.pair) return alongTriad();
  if (state.node && state.steps < 2) return aroundNode(state.node, null);
  const tie = hovered.tie || state.tie;
  if (tie) return { nodes: new Set([tie.source, tie.target]), ties: new Set([tie.number]), first: new Set() };
  return standsOut();
}

// What the view itself makes stand out, whatever is selected or under the pointer; tables and counts follow it.
function standsOut() {
  if (state.path) return alongWays();
  if (state.node && state.steps) return withinSteps(state.node, state.steps);
  if (state.view === "borders") return alongTies(state.part ? state.part.ties : ties.filter(crossing));
  if (state.view === "communities" && state.part) return amongNodes((node) => node.community === state.part.number);
  if (state.view === "brokers") return amongNodes((node) => node.pairs > 0);
  if (state.view === "gaps") return amongNodes(lacking);
  if (state.view.startsWith("group:")) {
    const id = state.view.slice("group:".length);
    return reachingFrom((node) => node.group >= 0 && groups[node.group].id === id);
  }
  return null;
}

function aroundNode(node, walked) {
  const shown = node.ties.filter((tie) => !tieHidden(tie));
  const all = new Set([node.number, ...shown.map((tie) => other(tie, node).number)]);
  const first = walked ? new Set([node.number, other(walked, node).number]) : new Set([node.number]);
  return { nodes: all, ties: new Set(shown.map((tie) => tie.number)), first };
}

function withinSteps(node, most) {
  const steps = stepsFrom(node, most);
  return { ...amongNodes((one) => steps.has(one)), first: new Set([node.number]) };
}

function alongWays() {
  const ends = new Set(state.path.map((node) => node.number));
  const found = waysLookedAt();
  return found ? { nodes: found.nodes, ties: found.ties, first: ends } : { nodes: ends, ties: new Set(), first: ends };
}

// The broker between two, with the ties by which each of them reaches it.
function alongTriad() {
  const triad = triadOf(state.node, state.pair);
  const first = new Set([state.node.number, ...state.pair.map((node) => node.number)]);
  const along = alongTies(triad ? [...triad.first, ...triad.second] : []);
  return { nodes: new Set([...along.nodes, ...first]), ties: along.ties, first };
}

function amongNodes(wanted) {
  const chosen = new Set(nodes.filter((node) => wanted(node) && !nodeHidden(node)).map((node) => node.number));
  const between = ties.filter((tie) => chosen.has(tie.source) && chosen.has(tie.target) && !tieHidden(tie));
  return { nodes: chosen, ties: new Set(between.map((tie) => tie.number)), first: new Set() };
}

function alongTies(wanted) {
  const shown = wanted.filter((tie) => !tieHidden(tie));
  const ends = shown.flatMap((tie) => [tie.source, tie.target]);
  return { nodes: new Set(ends), ties: new Set(shown.map((tie) => tie.number)), first: new Set() };
}

function reachingFrom(wanted) {
  const own = nodes.filter((node) => wanted(node) && !nodeHidden(node));
  const reached = own.flatMap((node) => node.ties).filter((tie) => !tieHidden(tie));
  const all = new Set(own.map((node) => node.number));
  const first = new Set(all);
  for (const tie of reached) all.add(tie.source).add(tie.target);
  return { nodes: all, ties: new Set(reached.map((tie) => tie.number)), first };
}
