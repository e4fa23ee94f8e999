// The legend as filters: each entry hides and shows what it stands for; and the views.

function flip(list, number) {
  const set = new Set(state.hidden[list]);
  if (!set.delete(number)) set.add(number);
  look({ hidden: { ...state.hidden, [list]: set } });
}

function showOnly(list, number) {
  const others = findAll(`.toggle[data-list=${list}]`).map((button) => Number(button.dataset.number)).filter((one) => one !== number);
  const already = others.every((one) => state.hidden[list].has(one)) && !state.hidden[list].has(number);
  look({ hidden: { ...state.hidden, [list]: new Set(already ? [] : others) } });
}

const anythingHidden = () => Boolean(state.years) || state.sure > 0 || Object.values(state.hidden).some((set) => set.size);

// How many of each entry are to be seen, and of how many: `5/21`.
function recount() {
  const out = standsOut();
  const seen = Object.fromEntries(Object.keys(lists).map((list) => [list, new Map()]));
  const count = (list, number) => seen[list].set(number, (seen[list].get(number) || 0) + 1);
  for (const node of nodes) {
    if (nodeHidden(node) || (out && !out.nodes.has(node.number))) continue;
    for (const list of MARKS) count(list, markOf(node, list));
  }
  for (const tie of ties) {
    if (tieHidden(tie) || (out && !out.ties.has(tie.number))) continue;
    count("relation", tie.relation);
    for (const number of tie.certain || []) count("certainty", number);
  }
  const totals = new Map();
  for (const button of findAll(".toggle")) {
    const { list, number } = button.dataset;
    const on = button.getAttribute("aria-pressed") === "true";
    const label = find(".entry-count", button);
    label.dataset.total ||= label.textContent;
    const shown = on ? figure(seen[list].get(Number(number)) || 0) : label.dataset.total;
    label.textContent = shown === label.dataset.total ? shown : `${shown}/${label.dataset.total}`;
    const branch = button.closest(".branch");
    if (branch) totals.set(branch, (totals.get(branch) || 0) + (seen[list].get(Number(number)) || 0));
  }
  for (const [branch, shown] of totals) {
    const label = find("summary .entry-count", branch);
    label.dataset.total ||= label.textContent;
    label.textContent = figure(shown) === label.dataset.total ? label.dataset.total : `${figure(shown)}/${label.dataset.total}`;
  }
}

// In the view of communities colour stands for them, and no longer for what it stood for.
function headLegend() {
  const byCommunity = state.view === "communities";
  document.documentElement.dataset.colour = byCommunity ? "community" : "";
  if (find("#legend-communities")) find("#legend-communities").hidden = !byCommunity && !state.hidden.community.size;
  for (const heading of findAll("[data-uncoloured]")) {
    heading.dataset.coloured ||= heading.textContent;
    heading.textContent = byCommunity ? heading.dataset.uncoloured : heading.dataset.coloured;
  }
}

findAll(".toggle").forEach((button) =>
  button.addEventListener("click", () => flip(button.dataset.list, Number(button.dataset.number))),
);
findAll(".only").forEach((button) =>
  button.addEventListener("click", () => showOnly(button.dataset.list, Number(button.dataset.number))),
);
findAll("[data-view]").forEach((button) => button.addEventListener("click", () => look({ ...closed, view: button.dataset.view })));
findAll("[data-id]").forEach((button) => {
  const node = nodeById.get(button.dataset.id);
  if (node) button.addEventListener("click", () => openNode(node));
  else button.disabled = true;
});
overview.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#node=']");
  const node = link && fromFragment(link.getAttribute("href").slice(1)).node;
  if (node) onPlainClick(() => openNode(node))(event);
});
find("#show-all").addEventListener("click", () =>
  look({ hidden: nothingHidden(), years: null, sure: 0 }),
);
find("#group-view")?.addEventListener("change", (event) => {
  const number = event.target.value;
  look({ view: number === "" ? "all" : `group:${groups[Number(number)].id}`, ...closed });
});

listeners.push((now, before) => {
  if (now.view !== before.view && ["gaps", "brokers"].includes(now.view)) {
    find(".side").scrollTop = find(`#overview-${now.view}`).offsetTop - 16;
  }
  for (const button of findAll(".toggle")) {
    const off = state.hidden[button.dataset.list].has(Number(button.dataset.number));
    button.setAttribute("aria-pressed", String(!off));
  }
  for (const button of findAll(".views [data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  find("#show-all").hidden = !anythingHidden();
  const choice = find("#group-view");
  if (choice) choice.value = state.view.startsWith("group:") ? String(groups.findIndex((group) => `group:${group.id}` === state.view)) : "";
  headLegend();
  recount();
  hideAndShow();
  redraw();
});
if (onScreen(NARROW)) find("#legend").open = false;
