// Where the map is drawn, and in which colours: the page's own, as its style sheet states them.

const holder = find("#network");
const colourOf = (() => {
  let style = getComputedStyle(document.documentElement);
  const cache = new Map();
  const get = (name) => {
    if (!cache.has(name)) cache.set(name, style.getPropertyValue(`--${name}`).trim());
    return cache.get(name);
  };
  get.forget = () => cache.clear();
  return get;
})();

const isDark = () => document.documentElement.dataset.theme === "dark";
const DARK_LINES = 1.4; // thin lines on a dark ground look paler than on a light one
const FADED = 0.2; // how much is left of what does not stand out

// Colour stands for the group or kind, and in the view of communities for the community.
const NO_COLOUR = 8;
function paintOf(node) {
  if (state.view !== "communities") return node.paint;
  return node.community < 0 ? NO_COLOUR : page.communities[node.community].paint;
}

// Actors are filled, initiatives hollow.
const nodeColours = (node) => ({ background: colourOf(node.initiative ? "canvas" : `p${paintOf(node)}`), border: colourOf(`p${paintOf(node)}-line`) });
const tieColour = (tie) => colourOf(`r${tie.relation}-line`);

// Those who want to hear of something, by its name.
function hearers() {
  const heard = new Map();
  return {
    on: (name, act) => heard.set(name, [...(heard.get(name) || []), act]),
    tell: (name, ...said) => (heard.get(name) || []).forEach((act) => act(...said)),
  };
}
