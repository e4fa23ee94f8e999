// From one actor outwards: so many steps around it, or all shortest ways to another.

function stepsControl(node) {
  const button = (steps) =>
    make("button", { type: "button", "data-steps": steps, "aria-pressed": String(state.steps === steps), onclick: () => takeSteps(steps) }, figure(steps));
  const numbers = Array.from({ length: MOST_STEPS }, (_, number) => button(number + 1));
  return make("div", { class: "steps", role: "group", "aria-label": say("focus_said", { label: node.label }) }, make("span", {}, say("focus")), ...numbers, make("span", { class: "quiet", id: "within" }, withinSaid()));
}

const withinSaid = () => (state.node && state.steps ? say("focus_reached", { n: stepsFrom(state.node, state.steps).size - 1 }) : "");

function takeSteps(steps) {
  if (!state.node) return;
  look({ steps: state.steps === steps ? 0 : steps, pair: null });
}

let pathFields = 0;
function pathControl(node) {
  pathFields += 1;
  const id = `path-to-${pathFields}`;
  const input = make("input", { id, type: "search", autocomplete: "off", spellcheck: "false", placeholder: say("search_hint"), role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-found`, "aria-autocomplete": "list" });
  const list = make("ul", { id: `${id}-found`, class: "found", role: "listbox", "aria-label": say("path_to"), hidden: true });
  nameField(input, list, (far) => openPath(node, far), (far) => far !== node);
  return make("div", { class: "path-to" }, make("label", { for: id }, say("path_to")), input, list);
}

const outwards = (node) => (node.ties.length ? [make("div", { class: "outwards" }, stepsControl(node), pathControl(node))] : []);

// Each step of a way with all ties that make it.
function wayOf(way) {
  return make(
    "li",
    {},
    make("p", { class: "way" }, ...way.flatMap((node, number) => [number ? " → " : "", goTo(node, shortName(node))])),
    ...way.slice(1).flatMap((node, number) => tiesBetween(way[number], node).map(tieBetween)),
  );
}

function profileOfPath([from, to]) {
  const found = waysLookedAt();
  const turn = make("button", { type: "button", onclick: () => openPath(to, from) }, say("path_turn"));
  const said = found ? `${say("path_steps", { n: found.length })} · ${say("path_ways", { n: found.total })}` : say("path_none");
  return [
    ...head(null, `${shortName(from)} → ${shortName(to)}`, said),
    make("p", { class: "words" }, goTo(from), " → ", goTo(to)),
    ...(found ? [make("ol", { class: "ways" }, ...found.ways.map(wayOf))] : []),
    found && found.total > found.ways.length ? make("p", { class: "quiet" }, say("more_rows", { n: found.total - found.ways.length })) : null,
    foot(null, turn),
  ].filter(Boolean);
}

listeners.push((now, before) => {
  for (const button of findAll("[data-steps]", profile)) button.setAttribute("aria-pressed", String(Number(button.dataset.steps) === now.steps));
  if (now.node && find("#within", profile)) find("#within", profile).textContent = withinSaid();
  if (now.node && now.steps && (now.steps !== before.steps || now.node !== before.node)) {
    moved = true;
    lookAt([...stepsFrom(now.node, now.steps).keys()]);
    announce(withinSaid());
  }
  if (now.path && now.path !== before.path && waysLookedAt()) {
    moved = true;
    lookAt([...waysLookedAt().nodes].map((number) => nodes[number]));
  }
});
