// What the views Borders and Communities are made of: pairs of groups with the ties between them, and communities.

const spelt = (ids) => ids.map(encodeURIComponent).join(",");

// The pair of groups between which a tie runs; null within a group, or where one of its ends has none.
function crossing(tie) {
  const ends = [nodes[tie.source].group, nodes[tie.target].group].sort((a, b) => a - b);
  return ends[0] >= 0 && ends[0] !== ends[1] ? ends : null;
}

const borders = new Map();
if (page.views.includes("borders")) {
  for (const tie of ties) {
    const ends = crossing(tie);
    if (!ends) continue;
    const key = spelt(ends.map((number) => groups[number].id));
    if (!borders.has(key)) borders.set(key, { key, groups: ends, label: ends.map((number) => groups[number].label).join(" – "), ties: [] });
    borders.get(key).ties.push(tie);
  }
}

const communities = new Map(page.communities.map((one, number) => [spelt([one.id]), { ...one, number, key: spelt([one.id]) }]));
const parts = { borders, communities };

// The part that an address asks for, however it is spelt there.
function partOf(view, given) {
  try {
    return parts[view]?.get(spelt(given.split(",").map(decodeURIComponent))) || null;
  } catch {
    return null;
  }
}
