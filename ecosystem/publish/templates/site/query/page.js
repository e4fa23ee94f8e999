// The page: choose a question or write one, ask it, stop it; the address holds what was asked.

const LIMIT = 30; // seconds
const LONGEST_ADDRESS = 6_000; // characters of a query that its address can hold
const field = find("#query");
const choice = find("#question");
const [askButton, stopButton] = [find("#ask"), find("#stop")];
const [status, alarm] = [find("#status"), find("#error")];
let stopped = null;

// What is going on is told to everybody; that an answer has come, to those alone who can't see it come.
function tell(words, isAnswer = false) {
  status.textContent = words;
  status.classList.toggle("unseen", isAnswer);
}
function complain(words) {
  tell("");
  alarm.textContent = words;
  alarm.hidden = !words;
}

function busy(is) {
  askButton.disabled = is;
  stopButton.hidden = !is;
  place.setAttribute("aria-busy", String(is));
}

// What ends a question that takes too long: the clock, or the reader.
function interrupted() {
  return new Promise((_, failed) => {
    const stop = (words) => {
      clearTimeout(clock);
      end();
      failed(new Told(words));
    };
    const clock = setTimeout(() => stop(say("stopped_after", { n: LIMIT })), LIMIT * 1000);
    stopped = { stop, clock };
  });
}

async function ask() {
  const query = field.value;
  if (askButton.disabled) return;
  complain("");
  if (!query.trim()) return complain(say("write"));
  const form = formOf(query);
  if (!form) return complain(say(changes(query) ? "reads" : "form"));
  remember(query);
  const { text, before } = whole(query);
  busy(true);
  const stop = interrupted();
  try {
    tell(say(worker ? "wait" : "loading"));
    await Promise.race([ready(), stop]);
    tell(say("wait"));
    const began = performance.now();
    const found = await Promise.race([told({ query: text, triples: givesTriples(form), union: !namesGraphs(query) }), stop]);
    tell(showAnswer(found.text, form, isOrdered(query), (performance.now() - began) / 1000), true);
  } catch (error) {
    if (!isOfQuery(error)) end(); // whatever else went wrong, a new engine is a sound one
    place.replaceChildren();
    complain(error instanceof Told ? error.message : explained(error, query, before));
  } finally {
    clearTimeout(stopped.clock);
    busy(false);
  }
}

function remember(query) {
  const known = QUESTIONS.find((one) => one.text === query);
  const said = known ? `question=${known.name}` : `query=${encodeURIComponent(query)}`;
  if (said.length <= LONGEST_ADDRESS) history.replaceState(null, "", `#${said}`);
}

function begin(name) {
  const known = QUESTIONS.find((one) => one.name === name);
  if (!known) return;
  choice.value = name;
  field.value = known.text;
}

function fromAddress() {
  const said = location.hash.slice(1);
  if (said.startsWith("question=")) begin(said.slice("question=".length));
  if (!said.startsWith("query=")) return;
  try {
    field.value = decodeURIComponent(said.slice("query=".length));
    choice.value = "";
  } catch {
    complain(say("address"));
  }
}

askButton.addEventListener("click", ask);
stopButton.addEventListener("click", () => stopped.stop(say("stopped")));
choice.addEventListener("change", () => begin(choice.value));
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
});
addEventListener("hashchange", fromAddress);
if (QUESTIONS.length) begin(QUESTIONS[0].name);
fromAddress();
find("#asking").hidden = false;
