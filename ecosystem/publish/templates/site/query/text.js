// What the page says, in its language; and what can be told from the text of a query, without an engine.

const figure = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, WORDS.thousands);
const say = (key, values = {}) => WORDS[key].replace(/\{(\w+)\}/g, (mark, name) => values[name] ?? mark);
const counted = (key, count) => say(`${key}.${count === 1 ? "one" : "other"}`, { n: figure(count) });

// A query with comments, strings, IRIs and names blanked out, so that words in them are not taken for its own.
const bare = (query) =>
  query.replace(
    /[?$]\w+|:[\w.-]+|"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*/g,
    (part) => (part[0] === "#" ? "" : part[0] === "<" ? "<>" : part[0] === '"' || part[0] === "'" ? '""' : part[0]),
  );

const formOf = (query) => (/\b(select|ask|construct|describe)\b/i.exec(bare(query)) || [""])[0].toUpperCase();
const changes = (query) =>
  !formOf(query) && /\b(insert|delete|load|clear|drop|create|copy|move|add)\b/i.test(bare(query));
const givesTriples = (form) => form === "CONSTRUCT" || form === "DESCRIBE";
const namesGraphs = (query) => /\bfrom\b/i.test(bare(query)); // else all graphs are asked together
const isOrdered = (query) => /\border\s+by\b/i.test(bare(query));

// The query with our prefixes before it, each on a line of its own.
function whole(query) {
  const declared = new Set([...bare(query).matchAll(/\bprefix\s+([\w.-]*)\s*:/gi)].map((found) => found[1]));
  const lines = Object.entries(PREFIXES)
    .filter(([name]) => !declared.has(name))
    .map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`);
  return { text: lines.join("") + query, before: lines.length };
}

const isOfQuery = ({ message: error }) => /error at \d+:\d+|is not supported/.test(error);

// An error whose message is in words already.
class Told extends Error {}

// What went wrong, in words, with the place in the query as it was typed.
function explained({ message: error }, query, before) {
  if (/service .* is not supported/i.test(error)) return say("service");
  const place = /error at (\d+):(\d+):\s*([^]*)/.exec(error);
  if (!place) return say("impossible", { error });
  const line = Number(place[1]) - before;
  const around = (query.split("\n")[line - 1] || "").trim();
  const said = [say("place", { line, character: place[2] }), hint(place[3]), around && say("line", { line: around })];
  return said.filter(Boolean).join(" ");
}

// What the engine expected, as far as a reader can use it: it lists every sign that a name may hold.
function hint(expected) {
  if (/Prefix not found/.test(expected)) return say("prefix");
  if (/variable that is unbound/.test(expected)) return say("unbound");
  const words = expected.replace(/^expected (one of )?/, "").split(", ").filter((one) => /^([A-Z_]{2,}|"[^"]+")$/.test(one));
  return words.length ? say("expected", { words: words.join(", ") }) : "";
}
