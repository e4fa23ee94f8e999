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

const anythingHidden = () => Object.values(state.hidden).some((set) => set.size);

findAll(".toggle").forEach((button) =>
  button.addEventListener("click", () => flip(button.dataset.list, Number(button.dataset.number))),
);
findAll(".only").forEach((button) =>
  button.addEventListener("click", () => showOnly(button.dataset.list, Number(button.dataset.number))),
);
findAll("[data-view]").forEach((button) => button.addEventListener("click", () => look({ view: button.dataset.view, node: null, tie: null })));
findAll("[data-id]").forEach((button) => {
  const node = nodeById.get(button.dataset.id);
  if (node) button.addEventListener("click", () => openNode(node));
  else button.disabled = true;
});
find("#show-all").addEventListener("click", () =>
  look({ hidden: { kind: new Set(), group: new Set(), relation: new Set() } }),
);
find("#group-view")?.addEventListener("change", (event) => {
  const number = event.target.value;
  look({ view: number === "" ? "all" : `group:${groups[Number(number)].id}`, node: null, tie: null });
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
  hideAndShow();
  redraw();
});
if (onScreen(NARROW)) find("#legend").open = false;
