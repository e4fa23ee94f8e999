// In the worker, below the engine's own script: it holds the data and answers one question at a time.

let store;
let tooLarge; // what is said of an answer that is

async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function prepare({ wasm, trig, tooLarge: words }) {
  tooLarge = words;
  initSync({ module: await unpacked(wasm) });
  store = new Store();
  store.load(trig, { format: "application/trig", no_transaction: true, lenient: true });
  return { size: store.size };
}

const LARGEST = 50_000_000; // characters of an answer

function answer({ query, triples, union }) {
  const results_format = triples ? "text/turtle" : "application/sparql-results+json";
  const text = store.query(query, { use_default_graph_as_union: union, results_format });
  if (text.length > LARGEST) throw new Error(tooLarge);
  return { text };
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.wasm ? await prepare(data) : answer(data));
  } catch (error) {
    self.postMessage({ error: String(error.message || error) });
  }
};
