// The evidence of the ties of a small map stands in the table of ties, below the scripts: it is read there.

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
