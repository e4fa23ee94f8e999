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
