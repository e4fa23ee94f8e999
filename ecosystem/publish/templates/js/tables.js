// The text tables: sorted by any column, filtered with the map, linked with it both ways.

const body = { actors: find("#actors tbody"), ties: find("#ties tbody") };
const rows = { actors: new Map(), ties: new Map() };
for (const name of ["actors", "ties"]) for (const row of body[name].rows) rows[name].set(Number(row.dataset.number), row);

function sortBy(table, column, header) {
  const ascending = header.getAttribute("aria-sort") !== "ascending";
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const numeric = header.classList.contains("number");
  const value = (row) => (numeric ? Number(row.cells[column].textContent) || 0 : row.cells[column].textContent.trim());
  const compare = numeric ? (a, b) => a[0] - b[0] : (a, b) => a[0].localeCompare(b[0], page.language);
  const sorted = [...table.tBodies[0].rows].map((row) => [value(row), row]).sort(compare);
  if (!ascending) sorted.reverse();
  table.tBodies[0].append(...sorted.map((pair) => pair[1]));
}

for (const table of findAll("#actors, #ties")) {
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    const button = make("button", { type: "button", onclick: () => sortBy(table, column, header) }, header.textContent);
    header.replaceChildren(button);
  });
}

// A name in a table opens it on the map; the page scrolls there.
for (const name of ["actors", "ties"]) {
  body[name].addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const asked = fromFragment(link.getAttribute("href").slice(1));
    if (asked.node) openNode(asked.node);
    else if (asked.tie) openTie(asked.tie);
    find(".map").scrollIntoView({ block: "nearest", behavior: motion() ? "smooth" : "auto" });
    focusPanel();
  });
}

function showRow(name, number) {
  const row = rows[name].get(number);
  row.hidden = false;
  row.scrollIntoView({ block: "center", behavior: motion() ? "smooth" : "auto" });
  find("a", row).focus({ preventScroll: true });
}

listeners.push((now) => {
  let shown = 0;
  for (const node of nodes) {
    const row = rows.actors.get(node.number);
    row.hidden = nodeHidden(node);
    row.toggleAttribute("aria-current", false);
    if (now.node === node) row.setAttribute("aria-current", "true");
    shown += row.hidden ? 0 : 1;
  }
  for (const tie of ties) {
    const row = rows.ties.get(tie.number);
    row.hidden = tieHidden(tie);
    row.toggleAttribute("aria-current", false);
    if (now.tie === tie) row.setAttribute("aria-current", "true");
  }
  find("#actors-shown").textContent = shown === nodes.length ? "" : say("table_shown", { shown, total: nodes.length });
});

// Links within the page must not take the place of the state in its address.
for (const link of findAll("a[href='#sources'], a.skip")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const target = find(link.getAttribute("href"));
    target.scrollIntoView({ behavior: motion() ? "smooth" : "auto" });
    target.focus({ preventScroll: true });
  });
}
