// The data of the page, with what follows from it: who is tied to whom, what to call them.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("view");
const { kinds, groups, relations } = page;
const [nodes, ties] = [page.nodes, page.ties].map((given) => (Array.isArray(given) ? given : rowsOf(given)));

nodes.forEach((node, number) => {
  Object.assign(node, { number, ties: [] });
  node.alternatives ||= [];
  node.gaps ||= [];
  node.evidence ||= [];
  node.facts ||= [];
  node.pairs ||= 0;
  node.community ??= -1;
});
ties.forEach((tie, number) => {
  tie.number = number;
  nodes[tie.source].ties.push(tie);
  if (tie.target !== tie.source) nodes[tie.target].ties.push(tie);
});
const nodeById = new Map(nodes.map((node) => [node.id, node]));
const tieById = new Map(ties.map((tie) => [tie.id, tie]));

// What is worth a label first: brokers, then the larger and the better connected.
const mostTies = nodes.reduce((most, node) => Math.max(most, node.ties.length), 1);
for (const node of nodes) {
  const told = (node.leading ? 1 : 0) + 2 * (node.size || 0) + node.ties.length / mostTies;
  node.importance = 0.05 + told * (node.initiative ? 0.7 : 1);
}
const byImportance = [...nodes].sort((a, b) => b.importance - a.importance || a.number - b.number);
byImportance.forEach((node, rank) => { node.rank = rank; });

function other(tie, node) {
  return nodes[tie.source === node.number ? tie.target : tie.source];
}

// The relation as it reads from one of its ends.
function relationFrom(tie, node) {
  const relation = relations[tie.relation];
  return tie.source === node.number || !relation.directed ? relation.label : relation.inverse || relation.label;
}

function shortName(node) {
  return node.acronym || node.label;
}

function fullName(node) {
  return node.acronym && !node.label.includes(node.acronym) ? `${node.label} (${node.acronym})` : node.label;
}

// Words of the interface; `{name}` in them is filled in, a count picks between `.one` and `.other`.
function say(key, values = {}) {
  const entry = "n" in values && !(key in page.words) ? `${key}.${values.n === 1 ? "one" : "other"}` : key;
  return page.words[entry].replace(/\{(\w+)\}/g, (mark, name) => {
    if (!(name in values)) return mark;
    return typeof values[name] === "number" ? figure(values[name]) : String(values[name]);
  });
}
