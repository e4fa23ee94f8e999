// What is looked at, kept in the address: `#node=…&tie=…&view=…&hide=…`. Back and forward walk through it.

const NOTHING = "all";
let state = { node: null, tie: null, view: "all", hidden: { kind: new Set(), group: new Set(), relation: new Set() } };
const listeners = [];
const lists = { kind: kinds, group: [...groups], relation: relations };

const idOf = (list, number) => (number < 0 ? "" : lists[list][number].id);
const numberOf = (list, id) => (id === "" ? -1 : lists[list].findIndex((item) => item.id === id));

function asFragment(wanted) {
  const parts = [];
  if (wanted.node) parts.push(`node=${encodeURIComponent(wanted.node.id)}`);
  if (wanted.tie) parts.push(`tie=${encodeURIComponent(wanted.tie.id)}`);
  if (wanted.view !== "all") parts.push(`view=${encodeURIComponent(wanted.view).replace("%3A", ":")}`);
  const hidden = [];
  for (const list of Object.keys(lists)) {
    for (const number of wanted.hidden[list]) hidden.push(`${list}:${encodeURIComponent(idOf(list, number))}`);
  }
  if (hidden.length) parts.push(`hide=${hidden.sort().join(",")}`);
  return parts.join("&") || NOTHING;
}

function fromFragment(fragment) {
  const given = new Map(
    fragment.split("&").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]),
  );
  const decoded = (key) => {
    try {
      return decodeURIComponent(given.get(key) || "");
    } catch {
      return "";
    }
  };
  const hidden = { kind: new Set(), group: new Set(), relation: new Set() };
  for (const part of (given.get("hide") || "").split(",").filter(Boolean)) {
    const list = part.slice(0, part.indexOf(":"));
    let number = -2;
    try {
      if (list in lists) number = numberOf(list, decodeURIComponent(part.slice(list.length + 1)));
    } catch {
      number = -2;
    }
    if (number >= 0 || part === "group:") hidden[list].add(number);
  }
  return {
    node: nodeById.get(decoded("node")) || null,
    tie: tieById.get(decoded("tie")) || null,
    view: validView(decoded("view")),
    hidden,
  };
}

function validView(view) {
  if (["brokers", "gaps"].includes(view)) return view;
  return view.startsWith("group:") && groups.some((group) => `group:${group.id}` === view) ? view : "all";
}

// Change what is looked at; everything that shows it hears of it.
function look(change) {
  const wanted = { ...state, ...change };
  const fragment = asFragment(wanted);
  if (`#${fragment}` === location.hash || (fragment === NOTHING && !location.hash)) return;
  location.hash = fragment;
  hearAddress();
}

let heard = null;
function hearAddress() {
  const fragment = location.hash.slice(1);
  if (fragment === heard) return;
  heard = fragment;
  const before = state;
  state = fromFragment(fragment);
  for (const listener of listeners) listener(state, before);
}

const openNode = (node) => look({ node, tie: null, hidden: unhide(node) });
const openTie = (tie) => look({ node: null, tie });
const closeAll = () => look({ node: null, tie: null });

// The filters, less those that would hide this node.
function unhide(node) {
  if (!state.hidden.kind.has(node.kind) && !state.hidden.group.has(node.group)) return state.hidden;
  const without = (set, value) => new Set([...set].filter((item) => item !== value));
  return {
    ...state.hidden,
    kind: without(state.hidden.kind, node.kind),
    group: without(state.hidden.group, node.group),
  };
}

const nodeHidden = (node) => state.hidden.kind.has(node.kind) || state.hidden.group.has(node.group);
const tieHidden = (tie) =>
  state.hidden.relation.has(tie.relation) || nodeHidden(nodes[tie.source]) || nodeHidden(nodes[tie.target]);
