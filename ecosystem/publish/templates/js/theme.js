// Before anything is painted: the reader's light or dark, and the marks that scripts run here.
document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
document.documentElement.classList.replace("plain", "loading");
// In another page (`?embed=1`) only the map, its search and its panel are shown.
document.documentElement.classList.toggle("embedded", new URLSearchParams(location.search).get("embed") === "1");
