// What further parts of the page draw in the coordinates of the map: under its ties, or over all of it.

const drawnUnder = [];
const drawnOver = [];
network.on("beforeDrawing", (context) => drawnUnder.forEach((draw) => draw(context, network.getScale())));
network.on("afterDrawing", (context) => drawnOver.forEach((draw) => draw(context, network.getScale())));
