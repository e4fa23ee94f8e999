// Everything is in place: show what the address asks for.

showWhole(false);
addEventListener("hashchange", hearAddress);
if (location.hash.length > 1) hearAddress();
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("map drawn")));

// For pages that embed this one, and for tests: where a node stands in the map, and which names are written where.
holder.ecosystem = {
  scale: () => renderer.scale(),
  spot: (id) => renderer.toScreen(nodeById.get(id)),
  ghosts: () => ghostsInSight().map((one) => pointsOnArc(one).map((point) => Object.values(renderer.toScreen(point)))),
  clusters: () => clustersInSight().map(({ key, x, y, members }) => ({ key, members: members.length, ...renderer.toScreen({ x, y }) })),
  names: () => placed.map(({ left, top, right, bottom, text }) => ({ text: text.lines.join(" "), left, top, right, bottom })),
};
