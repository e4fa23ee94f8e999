// The text tables of a large map: all that the map shows, a page of rows at a time, made from the data when looked at.
// They need no canvas, only scripts. For smaller maps tables.js works on the tables that stand in the page.

const PAGE_ROWS = 100;
const NEAR = "0px"; // how far below the window a table is already made: a page of it takes no time

const linkTo = (kind, item, label) => make("a", { href: `#${kind}=${encodeURIComponent(item.id)}` }, label);
const cell = (...content) => make("td", {}, ...content);
const numberCell = (content) => make("td", { class: "number" }, content === "" ? "" : figure(content));

const LISTS = {
  actors: {
    items: nodes,
    hides: (out) => (node) => nodeHidden(node) || Boolean(out && !out.nodes.has(node.number)),
    current: () => state.node,
    row: (node) => [
      make("th", { scope: "row" }, linkTo("node", node, node.label), node.acronym ? make("span", { class: "quiet" }, ` ${node.acronym}`) : null, ghostNote(node)),
      cell(kinds[node.kind].label),
      cell(node.country || ""),
      ...(page.communities.length ? [cell(node.community < 0 ? "" : page.communities[node.community].label)] : []),
      numberCell(node.ties.length),
      numberCell(node.pairs || ""),
      cell(node.gaps.join("; ")),
    ],
    keys: {
      name: (node) => node.label,
      kind: (node) => kinds[node.kind].label,
      group: (node) => node.country || "",
      community: (node) => (node.community < 0 ? "" : page.communities[node.community].label),
      ties: (node) => node.ties.length,
      pairs: (node) => node.pairs,
      gaps: (node) => node.gaps.join("; "),
    },
  },
  ties: {
    items: ties,
    hides: (out) => (tie) => tieHidden(tie) || Boolean(out && !out.ties.has(tie.number)),
    current: () => state.tie,
    row: (tie) => [
      cell(linkTo("node", nodes[tie.source], nodes[tie.source].label)),
      cell(linkTo("tie", tie, relations[tie.relation].label), tie.via ? make("span", { class: "quiet" }, ` ${say("via", { label: tie.via })}`) : null, ghostNote(tie)),
      cell(linkTo("node", nodes[tie.target], nodes[tie.target].label)),
      cell(...piecesOfTie(tie).flatMap((piece) => [...piece.childNodes])),
    ],
    keys: {
      from: (tie) => nodes[tie.source].label,
      relation: (tie) => relations[tie.relation].label,
      to: (tie) => nodes[tie.target].label,
      statement: (tie) => evidenceOf(tie)[0]?.statement || "",
    },
  },
};
const ghostNote = (item) => (item.ghost ? make("span", { class: "quiet" }, ` ${ghostly(item)}`) : null);

function pagedTable(name) {
  const list = LISTS[name];
  const table = find(`#${name}`);
  const said = find(`#${name}-shown`);
  const collator = new Intl.Collator(page.language);
  let sorted = null, shown = [], first = 0, stale = true;

  // In the order of a column; what sorts alike keeps its place.
  function sortBy(header, ascending) {
    const key = list.keys[header.dataset.column];
    const value = list.items.map(key);
    const compare = typeof value[0] === "number" ? (a, b) => value[a] - value[b] : (a, b) => collator.compare(value[a], value[b]);
    sorted = list.items.map((item) => item.number).sort(compare);
    if (!ascending) sorted.reverse();
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    stale = true;
  }

  function refilter() {
    if (!stale) return;
    if (!sorted) sortBy(find("[aria-sort]", table.tHead), true);
    const hides = list.hides(standsOut());
    shown = sorted.filter((number) => !hides(list.items[number]));
    first = 0;
    stale = false;
  }

  function rowOf(number) {
    const row = make("tr", { "data-number": number }, ...list.row(list.items[number]));
    if (list.current() === list.items[number]) row.setAttribute("aria-current", "true");
    return row;
  }

  function draw() {
    refilter();
    const last = Math.min(first + PAGE_ROWS, shown.length);
    table.tBodies[0].replaceChildren(...shown.slice(first, last).map(rowOf));
    said.textContent = shown.length ? say("table_page", { first: first + 1, last: last, shown: shown.length, total: list.items.length }) : say("table_shown", { shown: 0, total: list.items.length });
    back.disabled = first === 0;
    on.disabled = last === shown.length;
    find(`#${name}-table`).style.containIntrinsicSize = "";
  }

  const turn = (pages) => () => {
    first = Math.max(0, Math.min(first + pages * PAGE_ROWS, Math.floor((shown.length - 1) / PAGE_ROWS) * PAGE_ROWS));
    draw();
  };
  const back = make("button", { type: "button", class: "tool", onclick: turn(-1) }, say("table_back"));
  const on = make("button", { type: "button", class: "tool", onclick: turn(1) }, say("table_on"));
  find(`#${name}-table`).before(make("p", { class: "pager" }, back, " ", on));
  for (const header of table.tHead.rows[0].cells) {
    const act = () => {
      sortBy(header, header.getAttribute("aria-sort") !== "ascending");
      draw();
    };
    header.replaceChildren(make("button", { type: "button", onclick: act }, header.textContent));
  }
  table.tBodies[0].addEventListener("click", followName);

  let looked = false;
  new IntersectionObserver(
    (entries) => {
      looked = entries.at(-1).isIntersecting;
      if (looked && stale) draw();
    },
    { rootMargin: NEAR },
  ).observe(find(`#${name}-table`));

  return {
    changed() {
      stale = true;
      if (looked) draw();
    },
    show(number) {
      refilter();
      if (!shown.includes(number)) shown = sorted;
      first = Math.floor(shown.indexOf(number) / PAGE_ROWS) * PAGE_ROWS;
      draw();
      const row = find(`tr[data-number="${number}"]`, table);
      row.scrollIntoView({ block: "center", behavior: motion() ? "smooth" : "auto" });
      find("a", row).focus({ preventScroll: true });
    },
  };
}

const paged = {};
const showRow = (name, number) => paged[name].show(number);

document.addEventListener("DOMContentLoaded", () => {
  for (const name of Object.keys(LISTS)) paged[name] = pagedTable(name);
  listeners.push(() => Object.values(paged).forEach((table) => table.changed()));
  requestAnimationFrame(() => requestAnimationFrame(() => document.documentElement.classList.remove("loading")));
});
