// Where nodes and ties lie, for the renderers that have to find out by themselves what is under the pointer.

const NEAR_TIE = 5; // screen pixels from its line at which a tie is still hit
const LEAST_HIT = 5; // screen pixels: a node that is drawn smaller is hit as if it were that large
const BEND = 0.9; // how far a bent tie's control point lies off the straight line, in lengths for each unit of its bend

// How much each tie bends to one side: parallel ties part, so that each can be seen.
const bends = new Map();

// The control point of a bent tie; the middle of a straight one.
function controlOf(tie) {
  const source = nodes[tie.source], target = nodes[tie.target];
  const bend = (bends.get(tie.number) || 0) * BEND;
  return { x: (source.x + target.x) / 2 + (target.y - source.y) * bend, y: (source.y + target.y) / 2 - (target.x - source.x) * bend };
}

function onTie(tie, share) {
  const source = nodes[tie.source], target = nodes[tie.target], control = controlOf(tie);
  const a = (1 - share) ** 2, b = 2 * share * (1 - share), c = share ** 2;
  return { x: a * source.x + b * control.x + c * target.x, y: a * source.y + b * control.y + c * target.y };
}

function fromSegment(point, one, other) {
  const x = other.x - one.x, y = other.y - one.y;
  const along = Math.min(1, Math.max(0, ((point.x - one.x) * x + (point.y - one.y) * y) / (x * x + y * y || 1)));
  return Math.hypot(point.x - one.x - along * x, point.y - one.y - along * y);
}

function fromTie(point, tie) {
  if (!bends.has(tie.number)) return fromSegment(point, nodes[tie.source], nodes[tie.target]);
  let least = Infinity, last = nodes[tie.source];
  for (let step = 1; step <= 8; step++) {
    const next = onTie(tie, step / 8);
    least = Math.min(least, fromSegment(point, last, next));
    last = next;
  }
  return least;
}

// The node at a point of the map, else the tie: the nearest that is not hidden, those that stand out before the rest.
function hitAt(point, scale) {
  const wanted = standingOut();
  const node = nodeAt(point, scale, wanted);
  return { node, tie: node ? null : tieAt(point, scale, wanted) };
}

function nodeAt(point, scale, wanted) {
  let best = null, least = Infinity;
  for (const node of nodes) {
    const x = node.x - point.x, y = node.y - point.y;
    const reach = Math.max(node.radius, LEAST_HIT / scale), apart = x * x + y * y;
    if (apart > reach * reach || nodeUndrawn(node)) continue;
    const cost = apart / (reach * reach) + (wanted && !wanted.nodes.has(node.number) ? 1 : 0);
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

function tieAt(point, scale, wanted) {
  const reach = NEAR_TIE / scale;
  let best = null, least = Infinity;
  for (const tie of ties) {
    const source = nodes[tie.source], target = nodes[tie.target];
    const loose = bends.has(tie.number) ? reach + Math.hypot(target.x - source.x, target.y - source.y) : reach;
    if (point.x < Math.min(source.x, target.x) - loose || point.x > Math.max(source.x, target.x) + loose) continue;
    if (point.y < Math.min(source.y, target.y) - loose || point.y > Math.max(source.y, target.y) + loose) continue;
    const apart = fromTie(point, tie);
    if (apart > reach || tieUndrawn(tie)) continue;
    const cost = apart / reach + (wanted && !wanted.ties.has(tie.number) ? 1 : 0);
    if (cost < least) [best, least] = [tie, cost];
  }
  return best;
}
