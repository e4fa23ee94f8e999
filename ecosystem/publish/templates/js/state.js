// What is looked at, kept in the address: `#node=…&tie=…&view=…&part=…&years=…&hide=…`. Back and forward walk through it.

const NOTHING = "all";
const nothingHidden = () => ({ kind: new Set(), group: new Set(), community: new Set(), relation: new Set() });
let state = { node: null, tie: null, view: "all", part: null, years: null, hidden: nothingHidden() };
const listeners = [];
const lists = { kind: kinds, group: groups, community: page.communities, relation: relations };

const idOf = (list, number) => (number < 0 ? "" : lists[list][number].id);
const numberOf = (list, id) => (id === "" ? -1 : lists[list].findIndex((item) => item.id === id));

function asFragment(wanted) {
  const said = [];
  if (wanted.node) said.push(`node=${encodeURIComponent(wanted.node.id)}`);
  if (wanted.tie) said.push(`tie=${encodeURIComponent(wanted.tie.id)}`);
  if (wanted.view !== "all") said.push(`view=${encodeURIComponent(wanted.view).replace("%3A", ":")}`);
  if (wanted.part) said.push(`part=${wanted.part.key}`);
  if (wanted.years) said.push(`years=${wanted.years.join("-")}`);
  const hidden = [];
  for (const list of Object.keys(lists)) {
    for (const number of wanted.hidden[list]) hidden.push(`${list}:${encodeURIComponent(idOf(list, number))}`);
  }
  if (hidden.length) said.push(`hide=${hidden.sort().join(",")}`);
  return said.join("&") || NOTHING;
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
  const hidden = nothingHidden();
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
  const view = validView(decoded("view"));
  return {
    node: nodeById.get(decoded("node")) || null,
    tie: tieById.get(decoded("tie")) || null,
    view,
    part: partOf(view, given.get("part") || ""),
    years: validYears(given.get("years") || ""),
    hidden,
  };
}

function validView(view) {
  if (page.views.includes(view)) return view;
  return view.startsWith("group:") && groups.some((group) => `group:${group.id}` === view) ? view : "all";
}

function validYears(years) {
  const asked = /^(\d{4})-(\d{4})$/.exec(years);
  if (!asked || !page.years.length) return null;
  const [first, last] = page.years;
  const [from, to] = [Math.max(first, Number(asked[1])), Math.min(last, Number(asked[2]))];
  return from > to || (from === first && to === last) ? null : [from, to];
}

// Change what is looked at; everything that shows it hears of it.
function look(change) {
  const wanted = { ...state, ...("view" in change ? { part: null } : {}), ...change };
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

const openNode = (node) => look({ node, tie: null, hidden: unhide(node), years: outOfTime(node) ? null : state.years });
const openTie = (tie) => look({ node: null, tie });
const closeAll = () => look({ node: null, tie: null });

// The filters, less those that would hide this node.
function unhide(node) {
  if (!hiddenByKind(node)) return state.hidden;
  const without = (set, value) => new Set([...set].filter((item) => item !== value));
  return {
    ...state.hidden,
    kind: without(state.hidden.kind, node.kind),
    group: without(state.hidden.group, node.group),
    community: without(state.hidden.community, node.community),
  };
}

// Whether all that is known of when something was lies outside the years that are looked at.
function outOfTime(item) {
  if (!state.years || !item.years) return false;
  const [since, until] = item.years, [from, to] = state.years;
  return (since !== null && since > to) || (until !== null && until < from);
}

const hiddenByKind = ({ kind, group, community }) =>
  state.hidden.kind.has(kind) || state.hidden.group.has(group) || state.hidden.community.has(community);
const nodeHidden = (node) => hiddenByKind(node) || outOfTime(node);
const tieHidden = (tie) =>
  state.hidden.relation.has(tie.relation) || outOfTime(tie) || nodeHidden(nodes[tie.source]) || nodeHidden(nodes[tie.target]);
