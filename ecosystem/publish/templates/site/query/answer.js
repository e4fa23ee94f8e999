// Showing an answer: rows as a table, a yes or no as a word, triples as Turtle; and handing it out as files.

const MOST_ROWS = 500; // shown; the files hold all
const place = find("#answer");

const shortened = (iri) => {
  const [name, base] = Object.entries(PREFIXES).find(([, base]) => iri.startsWith(base)) || [];
  return name && /^[\w-]*$/.test(iri.slice(base.length)) ? `${name}:${iri.slice(base.length)}` : iri;
};
const shown = (term) => {
  if (!term) return "";
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple") return ["subject", "predicate", "object"].map((part) => shown(term.value[part])).join(" ");
  return term.type === "uri" ? self.ecosystemData.labels[term.value] || shortened(term.value) : term.value;
};

function cell(term) {
  const text = shown(term);
  const page = term && term.type === "uri" && self.ecosystemData.pages[term.value];
  const held = make("td", { dir: "auto" }, page ? make("a", { href: page }, text) : text);
  if (term && term.type === "uri") held.title = term.value;
  return held;
}

function table({ head, results }, ordered) {
  const names = head.vars;
  const rows = [...results.bindings];
  if (!ordered) {
    const key = new Map(rows.map((row) => [row, names.map((name) => shown(row[name])).join("\u0000")]));
    rows.sort((one, other) => key.get(one).localeCompare(key.get(other), LANGUAGE));
  }
  const heading = names.map((name) => make("th", { scope: "col" }, name.replaceAll("_", " ")));
  const body = rows.slice(0, MOST_ROWS).map((row) => make("tr", {}, ...names.map((name) => cell(row[name]))));
  const whole = make("table", {}, make("thead", {}, make("tr", {}, ...heading)), make("tbody", {}, ...body));
  const scroll = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "answer-heading" }, whole);
  const more = rows.length > MOST_ROWS ? make("p", { class: "more" }, say("first", { shown: figure(MOST_ROWS), total: figure(rows.length) })) : null;
  return { rows, content: [scroll, more] };
}

// A cell that no spreadsheet takes for a formula, with quotation marks where it needs them.
function csvCell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
const csv = (names, rows) =>
  [names, ...rows.map((row) => names.map((name) => (row[name] ? plainText(row[name]) : "")))]
    .map((cells) => cells.map(csvCell).join(",") + "\r\n")
    .join("");
const plainText = (term) => (typeof term.value === "string" ? term.value : shown(term));

function file(label, name, type, text) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([text()], { type }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return make("button", { type: "button", class: "button", onclick: save }, label);
}

function showAnswer(text, form, ordered, seconds) {
  const decimal = { minimumFractionDigits: 1, maximumFractionDigits: 1, numberingSystem: "latn" };
  const time = Math.max(seconds, 0.1).toLocaleString(LANGUAGE, decimal);
  const took = say(seconds < 0.05 ? "no_time" : "seconds", { n: time });
  let words, content, files;
  if (givesTriples(form)) {
    words = say(text.trim() ? "triples" : "no_triples");
    content = text.trim() ? [make("pre", { class: "command", tabindex: "0" }, text)] : [];
    files = [file(say("download", { form: "Turtle" }), "answer.ttl", "text/turtle", () => text)];
  } else {
    const found = JSON.parse(text);
    files = [file(say("download", { form: "JSON" }), "answer.json", "application/sparql-results+json", () => text)];
    if (form === "ASK") {
      words = say(found.boolean ? "yes" : "no");
      content = [];
    } else {
      const made = table(found, ordered);
      words = made.rows.length ? counted("rows", made.rows.length) : say("nothing");
      content = made.rows.length ? made.content : [];
      files.unshift(file(say("download", { form: "CSV" }), "answer.csv", "text/csv", () => csv(found.head.vars, made.rows)));
    }
  }
  const heading = make("h2", { id: "answer-heading" }, `${words} `, make("span", { class: "quiet" }, took));
  place.replaceChildren(heading, make("p", { class: "buttons" }, ...files), ...content.filter(Boolean));
  return say("after", { words, time: took });
}
