// What can be told from the text of a query, without an engine.

// A query with its comments, strings and IRIs blanked out, so that words in them are not taken for its own.
const bare = (query) =>
  query.replace(
    /"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*/g,
    (part) => (part[0] === "#" ? "" : part[0] === "<" ? "<>" : '""'),
  );

const formOf = (query) => (/\b(select|ask|construct|describe)\b/i.exec(bare(query)) || [""])[0].toUpperCase();
const changes = (query) =>
  !formOf(query) && /\b(insert|delete|load|clear|drop|create|copy|move|add|with)\b/i.test(bare(query));
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

const isOfQuery = (error) => /error at \d+:\d+|is not supported/.test(error);

// What went wrong, in words, with the place in the query as it was typed.
function explained(error, query, before) {
  if (changes(query)) return "This page only reads: it answers SELECT, ASK, CONSTRUCT and DESCRIBE, and refuses updates.";
  if (/service .* is not supported/i.test(error)) return "This page asks no other server: SERVICE is refused.";
  const place = /error at (\d+):(\d+):\s*([^]*)/.exec(error);
  if (!place) return `The query cannot be answered: ${error}`;
  const line = Number(place[1]) - before;
  const lines = query.split("\n");
  if (line < 1 || line > lines.length) return `The query cannot be read: ${place[3]}`;
  const around = lines[line - 1].trim();
  return `Line ${line}, character ${place[2]}: the query cannot be read from here. ${sentence(place[3])}${around ? ` The line is: ${around}` : ""}`;
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");
const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
