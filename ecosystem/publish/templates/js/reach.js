// Who can be reached from whom over the ties that the filters leave: so many steps around, and all shortest ways.

const MOST_WAYS = 12; // so many are listed; all of them stand out on the map

// The ties of a node that the filters leave, each with its far end.
const onward = (node) => node.ties.filter((tie) => !tieHidden(tie)).map((tie) => ({ tie, far: other(tie, node) }));

// The number of steps to each node within reach.
function stepsFrom(start, most = Infinity) {
  const steps = new Map([[start, 0]]);
  let front = [start];
  for (let step = 1; front.length && step <= most; step++) {
    const next = [];
    for (const node of front) {
      for (const { far } of onward(node)) {
        if (steps.has(far)) continue;
        steps.set(far, step);
        next.push(far);
      }
    }
    front = next;
  }
  return steps;
}

// All shortest ways between two nodes: their length, the nodes and ties on them, how many there are, and the first few.
function shortestWays(from, to) {
  const ahead = stepsFrom(to);
  if (nodeHidden(from) || nodeHidden(to) || !ahead.has(from)) return null;
  const onWay = (node) => new Map(onward(node).filter(({ far }) => ahead.get(far) === ahead.get(node) - 1).map(({ far }) => [far.number, far]));
  const counted = new Map([[to, 1]]);
  const count = (node) => {
    if (!counted.has(node)) counted.set(node, [...onWay(node).values()].reduce((sum, far) => sum + count(far), 0));
    return counted.get(node);
  };
  const total = count(from);
  const passed = new Set([...counted.keys()].map((node) => node.number));
  const along = ties.filter(
    (tie) => !tieHidden(tie) && passed.has(tie.source) && passed.has(tie.target) && Math.abs(ahead.get(nodes[tie.source]) - ahead.get(nodes[tie.target])) === 1,
  );
  const ways = [];
  const follow = (way) => {
    if (ways.length >= MOST_WAYS) return;
    const last = way.at(-1);
    if (last === to) ways.push(way);
    else [...onWay(last).values()].sort((a, b) => a.rank - b.rank).forEach((far) => follow([...way, far]));
  };
  follow([from]);
  return { length: ahead.get(from), total, ways, nodes: passed, ties: new Set(along.map((tie) => tie.number)) };
}

let wayCache = { key: "", ways: null };
function waysLookedAt() {
  const key = asFragment(state);
  if (wayCache.key !== key) wayCache = { key, ways: shortestWays(...state.path) };
  return wayCache.ways;
}

// The ties between two neighbours, whichever way they run.
const tiesBetween = (one, far) => one.ties.filter((tie) => !tieHidden(tie) && other(tie, one) === far);
