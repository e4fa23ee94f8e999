// Making elements. Text only ever goes in as text.

const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// A link if the address is one of the web, plain text otherwise.
function webLink(address, text) {
  let safe = false;
  try {
    safe = ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    safe = false;
  }
  return safe ? make("a", { href: address, rel: "noopener noreferrer", dir: "auto" }, text) : text;
}

// The legend's own icon of a kind, in a node's colour.
function iconOf(node) {
  const shape = kinds[node.kind].shape;
  const drawn = find(`#icon-${shape} .icon`, find("#icons").content).cloneNode(true);
  drawn.classList.add(`p${paintOf(node)}`);
  drawn.classList.toggle("hollow", Boolean(node.initiative));
  return drawn;
}

// A number as the page's language writes it.
const figure = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, page.words.thousands);

// What a plain click does; with a key held down, a link stays a link.
const onPlainClick = (act) => (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  act();
};

function onScreen(query) {
  return matchMedia(query).matches;
}

const motion = () =>
  onScreen("(prefers-reduced-motion: reduce)") ? false : { duration: 300, easingFunction: "easeInOutQuad" };
