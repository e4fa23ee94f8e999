// Everything is in place: show what the address asks for.

showWhole(false);
addEventListener("hashchange", hearAddress);
if (location.hash.length > 1) hearAddress();
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("map drawn")));

// For pages that embed this one, and for tests: where a node stands in the map, and which names are written where.
holder.ecosystem = {
  scale: () => renderer.scale(),
  spot: (id) => renderer.toScreen(nodeById.get(id)),
  names: () => placed.map(({ left, top, right, bottom, text }) => ({ text: text.lines.join(" "), left, top, right, bottom })),
};
