// What a tie or a node rests on: statement, source, place in it, dates.

function pieceOf(item) {
  const told = make("p", { class: "told", dir: "auto" });
  const parts = [item.url ? webLink(item.url, item.source || item.url) : item.source || say("source_missing")];
  if (item.locator) parts.push(item.locator);
  if (item.certainty) parts.push(item.certainty);
  if (item.since && item.until) parts.push(say("from_until", { since: item.since, until: item.until }));
  else if (item.since) parts.push(say("since", { date: item.since }));
  else if (item.until) parts.push(say("until", { date: item.until }));
  if (item.confidence !== undefined) parts.push(say("confidence", { percent: Math.round(item.confidence * 100) }));
  parts.forEach((part, number) => told.append(...(number ? [" · ", part] : [part])));
  return make(
    "div",
    { class: "piece" },
    item.statement ? make("p", { class: "statement", dir: "auto" }, item.statement) : null,
    told,
  );
}

const proofOf = (evidence) => make("div", { class: "proof" }, ...evidence.map(pieceOf));

// The evidence of a tie stands in the table of ties, below the scripts: it is read there as soon as that is.
function proofOfTie(tie) {
  const proof = make("div", { class: "proof" });
  const fill = () => proof.replaceChildren(...piecesOf(rows.ties.get(tie.number).cells[3]));
  if (tablesRead()) fill();
  else document.addEventListener("DOMContentLoaded", fill, { once: true });
  return proof;
}

// Each statement with the source that follows it.
function piecesOf(cell) {
  const pieces = [];
  for (const line of cell.cloneNode(true).children) {
    if (!pieces.length || pieces.at(-1).at(-1).className === "told") pieces.push([]);
    pieces.at(-1).push(line);
  }
  if (!pieces.length) return [make("p", { class: "told" }, say("evidence_none"))];
  return pieces.map((lines) => make("div", { class: "piece" }, ...lines));
}
