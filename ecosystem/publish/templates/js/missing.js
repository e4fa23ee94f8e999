// Ghost ties: what a gap says is missing between two, dashed, in the view of gaps and around a node that is looked at.

const missing = page.missing.map((one, number) => ({ ...one, number, ends: [nodes[one.source], nodes[one.target]] }));
const missingAt = (node) => missing.filter(({ ends }) => ends.includes(node));
const lacking = (node) => node.gaps.length > 0 || missingAt(node).length > 0;
const ghostsInSight = () =>
  missing.filter(({ ends }) => !ends.some(nodeUndrawn) && (state.view === "gaps" ? !state.node || ends.includes(state.node) : ends.includes(state.node)));

function missingOf(node) {
  const listed = missingAt(node);
  if (!listed.length) return [];
  const row = (one) => {
    const far = one.ends.find((end) => end !== node) || node;
    const told = one.offer ? say("missing_offer", { offer: one.offer }) : say("missing_named");
    return make("li", {}, goTo(far), make("span", { class: "quiet", dir: "auto" }, ` ${one.words}. ${told}`));
  };
  return section(say("missing"), make("ul", { class: "gap-list missing" }, ...listed.map(row)));
}

// A gentle arc, so that ghosts don't lie on the ties that there are.
function arcOf({ ends: [one, far] }) {
  const bend = 0.12;
  return { x: (one.x + far.x) / 2 - (far.y - one.y) * bend, y: (one.y + far.y) / 2 + (far.x - one.x) * bend };
}

// Points along it, for tests and for whoever wants to label it.
function pointsOnArc(one) {
  const [from, to] = one.ends, by = arcOf(one);
  return Array.from({ length: 40 }, (_, step) => {
    const t = (step + 1) / 41, s = 1 - t;
    return { x: s * s * from.x + 2 * s * t * by.x + t * t * to.x, y: s * s * from.y + 2 * s * t * by.y + t * t * to.y };
  });
}

renderer.on("amid", (context, scale) => {
  context.save();
  context.setLineDash([7 / scale, 5 / scale]);
  context.lineWidth = 1.8 / scale;
  context.strokeStyle = colourOf("ink");
  for (const one of ghostsInSight()) {
    const [from, to] = one.ends, by = arcOf(one);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.quadraticCurveTo(by.x, by.y, to.x, to.y);
    context.stroke();
  }
  context.restore();
});
