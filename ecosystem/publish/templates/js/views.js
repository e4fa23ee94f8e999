// The panel of the views Borders and Communities: what they are made of, each part to be opened.

const partsPanel = find("#parts");

function partLink(view, part, label, ...beside) {
  const open = state.part === part;
  const link = make("a", { class: "name", dir: "auto", href: `#view=${view}&part=${part.key}`, "aria-expanded": String(open), "data-part": part.key }, label);
  link.addEventListener("click", onPlainClick(() => look({ ...closed, part: open ? null : part })));
  return make("div", { class: "row" }, link, ...beside);
}

function bordersSaid() {
  const shown = ties.filter((tie) => !tieHidden(tie));
  const across = shown.filter(crossing).length;
  const unknown = shown.filter((tie) => nodes[tie.source].group < 0 || nodes[tie.target].group < 0).length;
  return [
    make("p", {}, say("borders_said", { grouping: page.groupedBy, crossing: across, total: shown.length })),
    unknown ? make("p", { class: "quiet" }, say("borders_unknown", { n: unknown })) : null,
    across ? null : make("p", { class: "quiet" }, say("borders_none")),
  ];
}

function borderList() {
  const counted = [...borders.values()].map((pair) => ({ pair, shown: pair.ties.filter((tie) => !tieHidden(tie)) }));
  counted.sort((a, b) => b.shown.length - a.shown.length || a.pair.label.localeCompare(b.pair.label));
  return counted
    .filter(({ shown }) => shown.length)
    .map(({ pair, shown }) =>
      make(
        "li",
        { class: "tied" },
        partLink("borders", pair, pair.label, make("span", { class: "quiet" }, say("ties_count", { n: shown.length }))),
        state.part === pair ? make("div", { class: "part" }, ...shown.map(tieBetween)) : null,
      ),
    );
}

const BEST_CONNECTED = 4;

function communityList() {
  return [...communities.values()].map((one) => {
    const shown = one.members.map((number) => nodes[number]).filter((node) => !nodeHidden(node));
    if (!shown.length) return null;
    const open = state.part === one;
    const named = open ? shown : shown.slice(0, BEST_CONNECTED);
    const names = named.flatMap((node, number) => [number ? ", " : "", goTo(node, shortName(node))]);
    const more = shown.length > named.length ? ` ${say("more_rows", { n: shown.length - named.length })}` : "";
    return make(
      "li",
      { class: "tied" },
      partLink("communities", one, one.label, make("span", { class: "quiet" }, say("members_count", { n: shown.length }))),
      make("p", { class: `members p${one.paint}` }, ...names, more),
    );
  });
}

function communitiesSaid() {
  const alone = nodes.filter((node) => node.community < 0 && !nodeHidden(node)).length;
  return [make("p", {}, say("communities_said")), alone ? make("p", { class: "quiet" }, say("communities_alone", { n: alone })) : null];
}

const PANELS = {
  borders: () => [make("h2", {}, say("view_borders")), ...bordersSaid(), make("ul", {}, ...borderList())],
  communities: () => [make("h2", {}, say("view_communities")), ...communitiesSaid(), make("ul", {}, ...communityList().filter(Boolean))],
};

function showParts() {
  const drawn = PANELS[state.view];
  const open = isOpen();
  const focused = partsPanel.contains(document.activeElement) ? document.activeElement.dataset.part : null;
  partsPanel.replaceChildren(...(drawn && !open ? drawn().filter(Boolean) : []));
  partsPanel.hidden = !drawn || open;
  overview.hidden = Boolean(drawn) || open;
  if (focused) findAll("[data-part]", partsPanel).find((link) => link.dataset.part === focused)?.focus({ preventScroll: true });
}

listeners.push((now, before) => {
  showParts();
  if (now.view !== before.view && PANELS[now.view]) {
    find(".side").scrollTop = 0;
    announce(find("p", partsPanel)?.textContent || "");
  }
  if (now.part && now.part !== before.part) announce(now.part.label);
});
