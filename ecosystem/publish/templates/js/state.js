// What is looked at, kept in the address: `#node=…&steps=2&view=…&hide=…`. Back and forward walk through it.
// docs/maps.md lists what may stand there.

const NOTHING = "all";
const MOST_STEPS = 3;
const lists = {
  kind: kinds, group: groups, community: page.communities, relation: relations, country: page.countries, certainty: page.certainties,
  family: page.families,
};
const HIDEABLE = ["kind", "group", "community", "relation", "country", "certainty"];
const NAMELESS = ["group:", "country:"]; // those that state none
const FOLDABLE = ["group", "community", "family"];
const setsOf = (names) => Object.fromEntries(names.map((name) => [name, new Set()]));
const nothingHidden = () => setsOf(HIDEABLE);
const nothingFolded = () => setsOf(FOLDABLE);
const closed = { node: null, tie: null, path: null, pair: null, cluster: null };
let state = { ...closed, steps: 0, view: "all", part: null, years: null, sure: 0, folded: nothingFolded(), hidden: nothingHidden() };
const listeners = [];

const idOf = (list, number) => (number < 0 ? "" : lists[list][number].id);
const numberOf = (list, id) => (id === "" ? -1 : lists[list].findIndex((item) => item.id === id));
const entry = (list, number) => `${list}:${encodeURIComponent(idOf(list, number))}`;
const both = (one, other) => `${encodeURIComponent(one.id)},${encodeURIComponent(other.id)}`;

function asFragment(wanted) {
  const said = [];
  if (wanted.node) said.push(`node=${encodeURIComponent(wanted.node.id)}`);
  if (wanted.node && wanted.steps) said.push(`steps=${wanted.steps}`);
  if (wanted.node && wanted.pair) said.push(`pair=${both(...wanted.pair)}`);
  if (wanted.tie) said.push(`tie=${encodeURIComponent(wanted.tie.id)}`);
  if (wanted.path) said.push(`path=${both(...wanted.path)}`);
  if (wanted.cluster) said.push(`cluster=${entry(...wanted.cluster)}`);
  if (wanted.view !== "all") said.push(`view=${encodeURIComponent(wanted.view).replace("%3A", ":")}`);
  if (wanted.part) said.push(`part=${wanted.part.key}`);
  if (wanted.years) said.push(`years=${wanted.years.join("-")}`);
  if (wanted.sure) said.push(`sure=${wanted.sure}`);
  const folded = FOLDABLE.flatMap((list) => (isWhole(list, wanted.folded[list]) ? [`${list}:*`] : entries(list, wanted.folded[list])));
  if (folded.length) said.push(`fold=${folded.join(",")}`);
  const hidden = HIDEABLE.flatMap((list) => entries(list, wanted.hidden[list]));
  if (hidden.length) said.push(`hide=${hidden.sort().join(",")}`);
  return said.join("&") || NOTHING;
}

const entries = (list, numbers) => [...numbers].map((number) => entry(list, number)).sort();
const isWhole = (list, numbers) => numbers.size > 0 && lists[list].every((_, number) => numbers.has(number));

function fromFragment(fragment) {
  const given = new Map(
    fragment.split("&").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]),
  );
  const asked = (key) => decoded(given.get(key) || "");
  const listed = (key) => (given.get(key) || "").split(",").filter(Boolean);
  const pairOf = (key) => {
    const [one, other] = listed(key).map((id) => nodeById.get(decoded(id)));
    return one && other && one !== other ? [one, other] : null;
  };
  const view = validView(asked("view"));
  const node = nodeById.get(asked("node")) || null;
  const steps = Number(given.get("steps"));
  const sure = Number(given.get("sure"));
  const folded = numbersOf(listed("fold"), nothingFolded());
  const [cluster] = listed("cluster").map(entryOf).filter((one) => one && folded[one[0]]?.has(one[1]));
  return {
    node,
    tie: tieById.get(asked("tie")) || null,
    steps: node && [1, 2, 3].includes(steps) ? steps : 0,
    pair: node ? pairOf("pair") : null,
    path: pairOf("path"),
    cluster: cluster || null,
    view,
    part: partOf(view, given.get("part") || ""),
    years: validYears(given.get("years") || ""),
    sure: sure > 0 && sure <= 100 ? Math.round(sure) : 0,
    folded,
    hidden: numbersOf(listed("hide"), nothingHidden()),
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

// An entry of the legend as it stands in an address, `group:CHL`, as list and number; null where there is none.
function entryOf(part) {
  const list = part.slice(0, part.indexOf(":")), id = part.slice(list.length + 1);
  if (!Object.hasOwn(lists, list)) return null;
  const number = id && !decoded(id) ? -2 : numberOf(list, decoded(id));
  return number >= 0 || NAMELESS.includes(part) ? [list, number] : null;
}

function numbersOf(parts, sets) {
  for (const part of parts) {
    const list = part.slice(0, part.indexOf(":"));
    if (!Object.hasOwn(sets, list)) continue;
    if (part === `${list}:*`) lists[list].forEach((_, number) => sets[list].add(number));
    else if (entryOf(part)) sets[list].add(entryOf(part)[1]);
  }
  return sets;
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
  state = kept(fromFragment(fragment), before);
  for (const listener of listeners) listener(state, before);
}

// What has stayed the same stays the same object, so that listeners can tell.
function kept(now, before) {
  for (const key of ["pair", "path", "cluster"]) {
    if (now[key] && before[key] && now[key].every((one, place) => one === before[key][place])) now[key] = before[key];
  }
  return now;
}

const isOpen = () => Boolean(state.node || state.tie || state.path || state.cluster);
const openNode = (node) => look({ ...closed, node, ...laidBare(node) });
const openTie = (tie) => look({ ...closed, tie });
const openPath = (from, to) => look({ ...closed, path: [from, to], ...laidBare(from, to) });
const closeAll = () => look({ ...closed, steps: 0 });

// The filters and folds, less those that would keep these nodes from being seen.
function laidBare(...wanted) {
  const without = (sets, list) => new Set([...sets[list]].filter((number) => wanted.every((node) => markOf(node, list) !== number)));
  const bare = (sets) => Object.fromEntries(Object.keys(sets).map((list) => [list, without(sets, list)]));
  return {
    hidden: wanted.some(hiddenByMark) ? bare(state.hidden) : state.hidden,
    folded: bare(state.folded),
    years: wanted.some(outOfTime) ? null : state.years,
  };
}

// Whether all that is known of when something was lies outside the years that are looked at.
function outOfTime(item) {
  if (!state.years || !item.years) return false;
  const [since, until] = item.years, [from, to] = state.years;
  return (since !== null && since > to) || (until !== null && until < from);
}

const MARKS = ["kind", "group", "community", "country"];
const markOf = (node, list) => (list === "country" ? (node.place ?? -1) : list === "family" ? kinds[node.kind].family : node[list]);
const hiddenByMark = (node) => MARKS.some((list) => state.hidden[list].has(markOf(node, list)));
const uncertain = (tie) =>
  tie.sure < state.sure || Boolean(tie.certain && tie.certain.every((number) => state.hidden.certainty.has(number)));

// What the filters leave out; what is folded into its cluster is still there, but not drawn by itself.
const nodeHidden = (node) => hiddenByMark(node) || outOfTime(node);
const tieHidden = (tie) =>
  state.hidden.relation.has(tie.relation) || uncertain(tie) || outOfTime(tie) || nodeHidden(nodes[tie.source]) || nodeHidden(nodes[tie.target]);
const nodeFolded = (node) => FOLDABLE.some((list) => state.folded[list].has(markOf(node, list)));
const nodeUndrawn = (node) => nodeHidden(node) || nodeFolded(node);
const tieUndrawn = (tie) => tieHidden(tie) || nodeFolded(nodes[tie.source]) || nodeFolded(nodes[tie.target]);
