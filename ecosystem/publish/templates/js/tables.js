// The text tables: sorted by any column, filtered with the map, linked with it both ways.
// They stand below the scripts, and are laid out once they are whole, so that the map is there before long tables are.

const rows = { actors: new Map(), ties: new Map() };
const tablesRead = () => rows.ties.size > 0;

function sortBy(table, column, header) {
  const ascending = header.getAttribute("aria-sort") !== "ascending";
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const numeric = header.classList.contains("number");
  const value = (row) => (numeric ? Number(row.cells[column].textContent) || 0 : row.cells[column].textContent.trim());
  const names = new Intl.Collator(page.language);
  const compare = numeric ? (a, b) => a[0] - b[0] : (a, b) => names.compare(a[0], b[0]);
  const sorted = [...table.tBodies[0].rows].map((row) => [value(row), row]).sort(compare);
  if (!ascending) sorted.reverse();
  table.tBodies[0].append(...sorted.map((pair) => pair[1]));
}

function showRow(name, number) {
  const row = rows[name].get(number);
  row.hidden = false;
  row.scrollIntoView({ block: "center", behavior: motion() ? "smooth" : "auto" });
  find("a", row).focus({ preventScroll: true });
}

function markRow(row, hidden, current) {
  if (row.hidden !== hidden) row.hidden = hidden;
  if (current) row.setAttribute("aria-current", "true");
  else if (row.hasAttribute("aria-current")) row.removeAttribute("aria-current");
}

function showInTables(now) {
  const out = standsOut();
  const leftOut = {
    actors: (number) => nodeHidden(nodes[number]) || Boolean(out && !out.nodes.has(number)),
    ties: (number) => tieHidden(ties[number]) || Boolean(out && !out.ties.has(number)),
  };
  for (const [number, row] of rows.actors) markRow(row, leftOut.actors(number), now.node === nodes[number]);
  for (const [number, row] of rows.ties) markRow(row, leftOut.ties(number), now.tie === ties[number]);
  for (const [name, hides] of Object.entries(leftOut)) {
    const total = rows[name].size;
    const shown = [...rows[name].keys()].filter((number) => !hides(number)).length;
    find(`#${name}-shown`).textContent = shown === total ? "" : say("table_shown", { shown, total });
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const name of ["actors", "ties"]) {
    const table = find(`#${name}`);
    for (const row of table.tBodies[0].rows) rows[name].set(Number(row.dataset.number), row);
    [...table.tHead.rows[0].cells].forEach((header, column) => {
      const button = make("button", { type: "button", onclick: () => sortBy(table, column, header) }, header.textContent);
      header.replaceChildren(button);
    });
    table.tBodies[0].addEventListener("click", followName);
  }
  listeners.push(showInTables);
  if (location.hash.length > 1) showInTables(state);
  requestAnimationFrame(() => requestAnimationFrame(() => document.documentElement.classList.remove("loading")));
});
