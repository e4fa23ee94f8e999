// What further parts of the page draw in the coordinates of the map: under its ties, over all of it, or, while
// something stands out, between the ties and the nodes that do.

const drawnUnder = [];
const drawnAmid = [];
const drawnOver = [];
network.on("beforeDrawing", (context) => drawnUnder.forEach((draw) => draw(context, network.getScale())));
network.on("afterDrawing", (context) => drawnOver.forEach((draw) => draw(context, network.getScale())));
