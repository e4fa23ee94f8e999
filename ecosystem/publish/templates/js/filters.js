// The sliders: years from and to, and how sure a tie has to be. What says nothing of either always stays.

const yearFields = page.years.length ? [find("#year-from"), find("#year-to")] : [];
const yearThumbs = page.years.length ? [find("#year-first"), find("#year-last")] : [];

// The end that is moved takes the other along, never past the first or last year.
function askYears(fields, moved) {
  const [first, last] = page.years;
  const asked = fields.map((one, end) => Math.min(last, Math.max(first, Math.round(Number(one.value)) || page.years[end])));
  if (asked[0] > asked[1]) asked[1 - moved] = asked[moved];
  look({ years: asked[0] === first && asked[1] === last ? null : asked });
  writeYears();
}

function writeYears() {
  const years = state.years || page.years;
  const share = (year) => `${(100 * (year - page.years[0])) / (page.years[1] - page.years[0])}%`;
  yearFields.forEach((one, end) => (one.value = years[end]));
  yearThumbs.forEach((one, end) => {
    one.value = years[end];
    one.setAttribute("aria-valuetext", String(years[end]));
  });
  find(".range").style.setProperty("--from", share(years[0]));
  find(".range").style.setProperty("--to", share(years[1]));
}

for (const fields of [yearFields, yearThumbs]) {
  fields.forEach((one, end) => one.addEventListener("change", () => askYears(fields, end)));
}
yearThumbs.forEach((one, end) => one.addEventListener("input", () => (yearFields[end].value = one.value)));
if (yearFields.length) {
  listeners.push(writeYears);
  writeYears();
}

const sureField = find("#sure");

function writeSure() {
  sureField.value = state.sure;
  sayHowSure();
}

function sayHowSure() {
  const said = say(Number(sureField.value) ? "sure_least" : "sure_any", { percent: sureField.value });
  find("#sure-said").textContent = said;
  sureField.setAttribute("aria-valuetext", said);
}

if (sureField) {
  sureField.addEventListener("input", sayHowSure);
  sureField.addEventListener("change", () => look({ sure: Number(sureField.value) }));
  listeners.push(writeSure);
  writeSure();
}
