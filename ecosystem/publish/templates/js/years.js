// The years: what has dates is hidden where they fall outside; what has none always stays.

const yearFields = page.years.length ? [find("#year-from"), find("#year-to")] : [];

function askYears(event) {
  const [first, last] = page.years;
  const asked = yearFields.map((one, end) => Math.min(last, Math.max(first, Math.round(Number(one.value)) || page.years[end])));
  if (asked[0] > asked[1]) asked[event.target === yearFields[0] ? 1 : 0] = asked[event.target === yearFields[0] ? 0 : 1];
  look({ years: asked[0] === first && asked[1] === last ? null : asked });
  writeYears();
}

function writeYears() {
  yearFields.forEach((one, end) => {
    one.value = (state.years || page.years)[end];
  });
}

yearFields.forEach((one) => one.addEventListener("change", askYears));
listeners.push(writeYears);
