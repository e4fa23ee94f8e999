// A broker's pairs: who, between whom, in which role. A pair that is opened stands out on the map, tie by tie.

const brokerByNode = new Map(page.brokers.map((broker) => [broker.node, broker]));

function triadsOf(node) {
  const broker = brokerByNode.get(node.number);
  if (!broker) return [];
  return broker.pairs.map(([a, b, role, exclusive, first, second]) => ({
    ends: [nodes[a], nodes[b]],
    role: broker.roles[role][0],
    exclusive: Boolean(exclusive),
    first: first.map((number) => ties[number]),
    second: second.map((number) => ties[number]),
  }));
}

const triadOf = (node, pair) => triadsOf(node).find(({ ends }) => ends.every((end) => pair.includes(end)));

function triadRow(node, triad) {
  const [one, far] = triad.ends;
  const open = Boolean(state.pair && triad.ends.every((end) => state.pair.includes(end)));
  const link = make(
    "a",
    { class: "name", dir: "auto", href: `#node=${encodeURIComponent(node.id)}&pair=${both(one, far)}`, "aria-expanded": String(open), "data-pair": both(one, far) },
    `${shortName(one)} – ${shortName(far)}`,
  );
  link.addEventListener("click", onPlainClick(() => look({ pair: open ? null : triad.ends })));
  const told = [say(`role_${triad.role}`), triad.exclusive ? say("triad_alone") : ""].filter(Boolean).join(" · ");
  return make(
    "li",
    { class: "tied" },
    make("div", { class: "row" }, link, make("span", { class: "quiet" }, told)),
    open ? make("div", { class: "part" }, ...[...new Set([...triad.first, ...triad.second])].map(tieBetween)) : null,
  );
}

// The roles that a broker plays, each with what it means.
function rolesOf(broker) {
  const list = make("ul", { class: "roles" });
  for (const [role, count] of broker.roles.filter((one) => one[1])) {
    list.append(make("li", {}, make("b", {}, `${say(`role_${role}`)} ${figure(count)}`), ` ${say(`role_${role}_said`)}`));
  }
  return list;
}

function brokerage(node) {
  const broker = brokerByNode.get(node.number);
  if (!broker) return [];
  const listed = triadsOf(node);
  const more = broker.total - listed.length;
  return [
    make("h3", { id: "pairs" }, say("triads"), " ", make("span", { class: "quiet" }, say("pairs", { n: broker.total }))),
    rolesOf(broker),
    make("p", { class: "hint" }, say("triads_said")),
    make("ul", { class: "triads" }, ...listed.map((triad) => triadRow(node, triad))),
    more > 0 ? make("p", { class: "quiet" }, say("more_rows", { n: more })) : null,
  ].filter(Boolean);
}

listeners.push((now, before) => {
  if (now.node !== before.node || now.pair === before.pair || !now.node) return;
  const old = find("ul.triads", profile);
  const focused = old?.contains(document.activeElement) ? document.activeElement.dataset.pair : null;
  old?.replaceChildren(...triadsOf(now.node).map((triad) => triadRow(now.node, triad)));
  if (focused) findAll("[data-pair]", profile).find((link) => link.dataset.pair === focused)?.focus({ preventScroll: true });
  if (!now.pair) return;
  moved = true;
  lookAt([now.node, ...now.pair]);
  announce(say("triad_announced", { one: now.pair[0].label, other: now.pair[1].label, broker: now.node.label }));
});
