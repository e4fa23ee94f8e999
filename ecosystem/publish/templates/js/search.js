// Search by any name: label, acronym, alternative names; accents and case don't count.

const field = find("#search");
const MOST_FOUND = 8;

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
const index = nodes.map((node) => ({
  node,
  names: [...new Set([node.label, node.acronym, ...node.alternatives].filter(Boolean))].map((name) => ({ name, plain: plain(name) })),
}));

function rank(name, asked) {
  if (name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  if (name.includes(` ${asked}`)) return 2;
  if (name.includes(asked)) return 3;
  return asked.split(" ").every((word) => name.includes(word)) ? 4 : 9;
}

function search(text, fits = () => true) {
  const asked = plain(text);
  if (!asked) return [];
  return index
    .filter(({ node }) => fits(node))
    .map(({ node, names }) => {
      const best = names.map((name) => ({ ...name, rank: rank(name.plain, asked) })).sort((a, b) => a.rank - b.rank)[0];
      return { node, ...best };
    })
    .filter((one) => one.rank < 9)
    .sort((a, b) => a.rank - b.rank || b.node.importance - a.node.importance || a.node.number - b.node.number)
    .slice(0, MOST_FOUND);
}

// A field that finds nodes by their names, with suggestions below it; `choose` is told the one that is taken.
function nameField(field, found, choose, fits) {
  let chosen = -1;

  function suggestion({ node, name }, number) {
    const detail = [name === node.label ? node.acronym : name, kinds[node.kind].label, node.country].filter(Boolean).join(" · ");
    const item = make(
      "li",
      { role: "option", id: `${found.id}-${number}`, "aria-selected": String(number === chosen) },
      make("span", { dir: "auto" }, node.label),
      make("small", { dir: "auto" }, detail),
    );
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(node);
    });
    return item;
  }

  function suggest() {
    const results = search(field.value, fits);
    chosen = results.length ? Math.min(Math.max(chosen, 0), results.length - 1) : -1;
    const asked = Boolean(field.value.trim());
    found.replaceChildren(...results.map(suggestion));
    if (asked && !results.length) found.append(make("li", { class: "quiet", role: "option", "aria-disabled": "true" }, say("search_none")));
    found.hidden = !asked;
    field.setAttribute("aria-expanded", String(asked));
    if (chosen >= 0) field.setAttribute("aria-activedescendant", `${found.id}-${chosen}`);
    else field.removeAttribute("aria-activedescendant");
    found.children[chosen]?.scrollIntoView({ block: "nearest" });
    return results;
  }

  function take(node) {
    field.value = "";
    chosen = -1;
    suggest();
    choose(node);
  }

  field.addEventListener("input", () => {
    chosen = 0;
    const results = suggest();
    if (field.value.trim()) announce(results.length ? say("search_results", { n: results.length }) : say("search_none"));
  });
  field.addEventListener("keydown", (event) => {
    const results = search(field.value, fits);
    if (event.key === "ArrowDown") chosen += 1;
    else if (event.key === "ArrowUp") chosen = Math.max(chosen - 1, 0);
    else if (event.key === "Enter" && results.length) return take(results[Math.max(chosen, 0)].node);
    else if (event.key === "Escape") {
      field.value = "";
      suggest();
      return holder.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
    suggest();
  });
  field.addEventListener("blur", () => {
    found.hidden = true;
    field.setAttribute("aria-expanded", "false");
  });
  field.addEventListener("focus", suggest);
}

nameField(field, find("#found"), (node) => {
  openNode(node);
  showAround(node);
  holder.focus({ preventScroll: true });
});
