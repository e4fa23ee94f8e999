// Links in and to the text tables, whichever script makes these.

// A name in a table opens it on the map; the page scrolls there.
function followName(event) {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  event.preventDefault();
  const asked = fromFragment(link.getAttribute("href").slice(1));
  if (asked.node) openNode(asked.node);
  else if (asked.tie) openTie(asked.tie);
  find(".map").scrollIntoView({ block: "nearest", behavior: motion() ? "smooth" : "auto" });
  focusPanel();
}

// Links within the page must not take the place of the state in its address.
function scrollTo(event) {
  event.preventDefault();
  const target = find(event.currentTarget.getAttribute("href"));
  target.scrollIntoView({ behavior: motion() ? "smooth" : "auto" });
  target.focus({ preventScroll: true });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const link of findAll("a[href='#sources'], a[href='#overview-gaps'], a.skip")) link.addEventListener("click", scrollTo);
});
