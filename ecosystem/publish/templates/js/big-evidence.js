// The evidence of the ties of a large map: packed, and read when the first of it is asked for.

let evidenceByTie = null;
function evidenceOf(tie) {
  if (!evidenceByTie) {
    evidenceByTie = new Map();
    for (const item of rowsOf(read("evidence"))) {
      if (!evidenceByTie.has(item.tie)) evidenceByTie.set(item.tie, []);
      evidenceByTie.get(item.tie).push(item);
    }
  }
  return evidenceByTie.get(tie.number) || [];
}

const piecesOfTie = (tie) => (evidenceOf(tie).length ? evidenceOf(tie).map(pieceOf) : [make("p", { class: "told" }, say("evidence_none"))]);
const proofOfTie = (tie) => make("div", { class: "proof" }, ...piecesOfTie(tie));
