// The numbers of one node, each with a sentence that says what it counts.

function measuresOf(node) {
  const list = make("dl", { class: "measures" });
  const tell = (name, value) => list.append(make("dt", {}, say(`measure_${name}`), " ", make("b", {}, figure(value))), make("dd", {}, say(`measure_${name}_said`)));
  const near = new Set(node.ties.map((tie) => other(tie, node)).filter((far) => far !== node));
  tell("ties", node.ties.length);
  tell("neighbours", near.size);
  if (!node.initiative && page.views.includes("brokers")) tell("pairs", node.pairs);
  const reached = new Set([...near].map((far) => far.group).filter((number) => number >= 0 && number !== node.group));
  if (page.views.includes("borders")) tell("groups", reached.size);
  return list;
}
