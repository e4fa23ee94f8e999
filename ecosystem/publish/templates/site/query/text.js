// What can be told from the text of a query, without an engine.

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

const READS = "This page only reads: it answers SELECT, ASK, CONSTRUCT and DESCRIBE, and refuses updates.";
const isOfQuery = ({ message: error }) => /error at \d+:\d+|is not supported/.test(error);

// An error whose message is in words already.
class Told extends Error {}

// What went wrong, in words, with the place in the query as it was typed.
function explained({ message: error }, query, before) {
  if (/service .* is not supported/i.test(error)) return "This page asks no other server: SERVICE is refused.";
  const place = /error at (\d+):(\d+):\s*([^]*)/.exec(error);
  if (!place) return `The query cannot be answered: ${error}`;
  const line = Number(place[1]) - before;
  const around = (query.split("\n")[line - 1] || "").trim();
  const why = hint(place[3]);
  return `Line ${line}, character ${place[2]}: the query cannot be read from here.${why}${around ? ` The line is: ${around}` : ""}`;
}

// What the engine expected, as far as a reader can use it: it lists every sign that a name may hold.
function hint(expected) {
  if (/Prefix not found/.test(expected)) return " Its prefix is not known: declare it with PREFIX.";
  if (/variable that is unbound/.test(expected)) return " SELECT names a variable that is neither grouped nor bound.";
  const words = expected.replace(/^expected (one of )?/, "").split(", ").filter((one) => /^([A-Z_]{2,}|"[^"]+")$/.test(one));
  return words.length ? ` It could go on with ${words.join(", ")}.` : "";
}
const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
