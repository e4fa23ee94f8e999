// The panel beside the map: one actor or initiative with all that is known of it, or one tie.

const profile = find("#profile");
const overview = find("#overview");
const live = find("#live");

const announce = (text) => (live.textContent = text);

function announceNode(node) {
  const place = node.country || say("no_group");
  announce(say("announce", { label: fullName(node), kind: kinds[node.kind].label, place, ties: say("ties_count", { n: node.ties.length }) }));
}

function goTo(node, label = node.label) {
  const link = make("a", { class: "name", dir: "auto", href: `#node=${encodeURIComponent(node.id)}` }, label);
  link.addEventListener("click", onPlainClick(() => openNode(node)));
  return link;
}

function head(icon, title, what) {
  const close = make("button", { type: "button", class: "close", onclick: () => leavePanel() }, say("back_to_overview"));
  const heading = make("h2", { tabindex: "-1", dir: "auto" }, title);
  return [make("div", { class: "profile-top" }, icon, heading, close), make("p", { class: "what", dir: "auto" }, what)];
}

function section(title, ...content) {
  return content.length ? [make("h3", {}, title), ...content] : [];
}

// What is said of something that is only supposed, or supposed to be gone.
const ghostly = (item) => item.ghost && (item.ghost === "added" ? say("ghost_added") : say("ghost_removed"));

function profileOf(node) {
  const what = [node.acronym, kinds[node.kind].label, node.country, ghostly(node)].filter(Boolean).join(" · ");
  const facts = [...node.facts];
  if (node.alternatives.length) facts.unshift([say("also"), node.alternatives.join("; ")]);
  if (node.community >= 0) facts.push([say("community_of"), page.communities[node.community].label]);
  const list = make("dl", { class: "facts" });
  for (const [label, value] of facts) list.append(make("dt", { dir: "auto" }, label), make("dd", { dir: "auto" }, value));
  if (node.homepage) list.append(make("dt", {}, say("homepage")), make("dd", {}, webLink(node.homepage, node.homepage)));
  return [
    ...head(iconOf(node), node.label, what),
    node.broker ? make("p", { class: "callout", dir: "auto" }, node.broker) : null,
    node.description ? make("p", { class: "words", dir: "auto" }, node.description) : null,
    ...outwards(node),
    list.children.length ? list : null,
    ...(node.gaps.length ? section(say("gaps_of"), gapList(node)) : []),
    ...missingOf(node),
    ...brokerage(node),
    ...tiesOf(node),
    ...(node.evidence.length ? section(say("told_of"), proofOf(node.evidence)) : []),
    ...section(say("measures"), measuresOf(node)),
    foot(() => showRow("actors", node.number)),
  ].filter(Boolean);
}

function gapList(node) {
  return make("ul", { class: "gap-list" }, ...node.gaps.map((gap) => make("li", { dir: "auto" }, gap)));
}

// Ties grouped by how their relation reads from this node.
function tiesOf(node) {
  if (!node.ties.length) return [make("p", { class: "words" }, say("no_ties"))];
  const grouped = new Map();
  const sorted = [...node.ties].sort((a, b) => a.relation - b.relation || other(a, node).label.localeCompare(other(b, node).label));
  for (const tie of sorted) {
    const name = relationFrom(tie, node);
    grouped.set(name, [...(grouped.get(name) || []), tie]);
  }
  return [...grouped].flatMap(([name, listed]) => [
    make("h3", { class: `relation r${listed[0].relation}`, dir: "auto" }, name, " ", make("span", { class: "quiet" }, String(listed.length))),
    ...listed.map((tie) => tieRow(tie, node)),
  ]);
}

// A tie as it is seen from one of its ends.
function tieRow(tie, node) {
  return withProof(tie, other(tie, node), goTo(other(tie, node)));
}

// A tie told whole: who, what, whom.
function tieBetween(tie) {
  const [source, target] = [nodes[tie.source], nodes[tie.target]];
  return withProof(tie, target, goTo(source, shortName(source)), ` ${relations[tie.relation].label} `, goTo(target, shortName(target)));
}

function withProof(tie, far, ...told) {
  const proof = proofOfTie(tie);
  proof.hidden = true;
  const button = make("button", { type: "button", class: "disclose", "aria-expanded": "false", "aria-label": say("evidence_of", { label: far.label }) }, say("evidence"));
  button.addEventListener("click", () => {
    proof.hidden = !proof.hidden;
    button.setAttribute("aria-expanded", String(!proof.hidden));
  });
  const name = make("span", {}, ...told, tie.via ? make("span", { class: "quiet via", dir: "auto" }, say("via", { label: tie.via })) : null, tie.ghost ? make("span", { class: "quiet" }, ` ${ghostly(tie)}`) : null);
  return make("div", { class: "tied" }, make("div", { class: "row" }, name, button), proof);
}

function profileOfTie(tie) {
  const relation = relations[tie.relation];
  return [
    ...head(null, relation.label, tie.via ? say("via", { label: tie.via }) : say("tie")),
    make("p", { class: "words" }, goTo(nodes[tie.source]), ` ${relation.directed ? "→" : "–"} `, goTo(nodes[tie.target])),
    ...section(say("evidence"), proofOfTie(tie)),
    foot(() => showRow("ties", tie.number)),
  ];
}

function foot(toTable, ...more) {
  return make(
    "p",
    { class: "foot" },
    ...more,
    toTable ? make("button", { type: "button", onclick: toTable }, say("show_in_table")) : null,
    make("button", { type: "button", onclick: (event) => copyText(panelText(), event.currentTarget) }, say("copy_text")),
    make("button", { type: "button", onclick: (event) => copyText(link(), event.currentTarget) }, say("copy_link")),
  );
}

// All that the panel says, evidence that is folded up with it, a line for each thing said.
function panelText() {
  const said = findAll("h2, h3, dt, dd, li, p:not(.foot), .row > span", profile).map((one) => one.textContent.trim().replace(/\s+/g, " "));
  return [...said.filter(Boolean), link()].join("\n");
}

function leavePanel() {
  closeAll();
  holder.focus({ preventScroll: true });
}

function focusPanel() {
  find("h2", profile)?.focus({ preventScroll: true });
}

async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { readonly: true, class: "unseen" });
    area.value = text;
    button.parentElement.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus({ preventScroll: true });
  }
  button.dataset.said ||= button.textContent;
  button.textContent = say("copied");
  announce(say("copied"));
  setTimeout(() => (button.textContent = button.dataset.said), 1500);
}

listeners.push((now, before) => {
  const same = ["node", "tie", "path", "cluster"].every((key) => now[key] === before[key]);
  if (same && !now.path && !now.cluster) return; // ways and clusters follow the filters
  profile.hidden = !isOpen();
  profile.replaceChildren(...profileNow());
  if (same) return;
  profile.scrollTop = 0;
  find(".side").scrollTop = 0;
  if (now.node) announceNode(now.node);
  else if (now.tie) announce(`${nodes[now.tie.source].label} ${relations[now.tie.relation].label} ${nodes[now.tie.target].label}`);
  else if (isOpen()) announce(findAll("h2, .what", profile).map((one) => one.textContent).join(": "));
  else announce(say("announce_closed"));
});

function profileNow() {
  if (state.node) return profileOf(state.node);
  if (state.tie) return profileOfTie(state.tie);
  if (state.path) return profileOfPath(state.path);
  return state.cluster ? profileOfCluster(state.cluster) : [];
}
