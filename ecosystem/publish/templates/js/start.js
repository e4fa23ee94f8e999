// Everything is in place: show what the address asks for.

showWhole(false);
addEventListener("hashchange", hearAddress);
if (location.hash.length > 1) hearAddress();
network.redraw();
