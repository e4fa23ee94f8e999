// Before anything is painted: the reader's light or dark, and the marks that scripts run here.
document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
document.documentElement.classList.replace("plain", "loading");
