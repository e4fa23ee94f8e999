// What a reader takes along: the address, a citation, the command that repeats what is seen, the code that embeds it.

const bare = () => location.href.split(/[?#]/)[0];
const link = () => bare() + location.hash;
// A page that is read from a file has no address that anyone else could follow: its name has to do.
const address = () => (location.protocol === "file:" ? decoded(bare().split("/").at(-1)) + location.hash : link());

const TAKEN = {
  link,
  citation: () => say("citation", { title: page.title, date: page.date || say("undated"), sources: page.sources.join("; ") || say("source_missing"), address: address() }),
  command: commandNow,
  embed: () => {
    const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
    return `<iframe src="${escaped(`${address().split("#")[0]}?embed=1${location.hash}`)}" title="${escaped(page.title)}" width="100%" height="600" loading="lazy"></iframe>`;
  },
};

// A word of a command line that a shell takes as it stands.
function quoted(word) {
  const plainly = word.replace(/[\u0000-\u001f\u007f]+/g, " ");
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(plainly) ? plainly : `'${plainly.replaceAll("'", `'"'"'`)}'`;
}

function commandNow() {
  const filled = (name, words) => page.commands[name]?.replace(/\{(\w+)\}/g, (mark, key) => (key in words ? quoted(words[key]) : mark));
  const asked =
    (state.path && filled("path", { from: state.path[0].id, to: state.path[1].id })) ||
    (state.node && filled(brokerByNode.has(state.node.number) ? "broker" : "node", { node: state.node.id })) ||
    (state.tie && filled("node", { node: nodes[state.tie.source].id })) ||
    filled(state.view, {});
  return asked || page.command;
}

findAll("[data-copy]").forEach((button) =>
  button.addEventListener("click", () => copyText(TAKEN[button.dataset.copy](), button)),
);
if (!page.command) findAll("[data-copy=command]").forEach((button) => (button.hidden = true));

// A menu closes when something in it was done, when the keyboard leaves it, and by Escape.
for (const menu of findAll(".menu")) {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    find("summary", menu).focus();
  });
}
document.addEventListener("pointerdown", (event) => findAll(".menu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false)));

const whole = find("#whole-page");
const linkWhole = () => whole.setAttribute("href", link());
listeners.push(linkWhole);
linkWhole();
