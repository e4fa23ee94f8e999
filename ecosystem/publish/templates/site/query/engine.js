// The engine in its worker: made when the first question is asked, ended when one takes too long.

let worker = null;

// The files beside this page, as scripts: the only way that works from the file system too.
function script(address) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = address;
    element.addEventListener("load", done);
    element.addEventListener("error", () => failed(new Told(say("unreadable"))));
    document.head.append(element);
  });
}

function told(message) {
  return new Promise((done, failed) => {
    worker.onmessage = ({ data }) => (data.error === undefined ? done(data) : failed(new Error(data.error)));
    worker.onerror = (event) => failed(new Error(event.message || say("no_engine")));
    worker.postMessage(message);
  });
}

async function ready() {
  if (worker) return;
  if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
    throw new Told(say("too_old"));
  }
  if (!self.ecosystemEngine) await script("query/engine.js");
  if (!self.ecosystemData) await script("query/data.js");
  const address = URL.createObjectURL(new Blob([self.ecosystemEngine.script], { type: "text/javascript" }));
  worker = new Worker(address);
  try {
    await told({ wasm: self.ecosystemEngine.wasm, trig: self.ecosystemData.trig, tooLarge: say("too_large") });
  } catch (error) {
    end();
    throw error;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function end() {
  if (worker) worker.terminate();
  worker = null;
}
