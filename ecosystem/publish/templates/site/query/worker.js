// In the worker, below the engine's own script: it holds the data and answers one question at a time.

let store;

async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function prepare({ wasm, trig }) {
  initSync({ module: await unpacked(wasm) });
  store = new Store();
  store.load(trig, { format: "application/trig", no_transaction: true, lenient: true });
  return { size: store.size };
}

function answer({ query, form }) {
  const options = { use_default_graph_as_union: true };
  if (form === "CONSTRUCT" || form === "DESCRIBE") options.results_format = "text/turtle";
  else options.results_format = "application/sparql-results+json";
  return { text: store.query(query, options) };
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.wasm ? await prepare(data) : answer(data));
  } catch (error) {
    self.postMessage({ error: String(error.message || error) });
  }
};
