// Which nodes and ties stand out just now; the rest is faded. Null when nothing does.

let hovered = { node: null, tie: null };
let candidate = null; // the tie that the keyboard has walked to

function emphasis() {
  const around = hovered.node || state.node;
  if (candidate) return aroundNode(state.node, candidate);
  if (around) return aroundNode(around, null);
  const tie = hovered.tie || state.tie;
  if (tie) return { nodes: new Set([tie.source, tie.target]), ties: new Set([tie.number]), first: new Set() };
  return standsOut();
}

// What the view itself makes stand out, whatever is selected or under the pointer.
function standsOut() {
  if (state.view === "borders") return alongTies(state.part ? state.part.ties : ties.filter(crossing));
  if (state.view === "communities" && state.part) return amongNodes((node) => node.community === state.part.number);
  if (state.view === "brokers") return amongNodes((node) => node.pairs > 0);
  if (state.view === "gaps") return amongNodes((node) => node.gaps.length > 0);
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
