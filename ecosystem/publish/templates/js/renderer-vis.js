// The renderer for maps of up to some thousand ties: vis-network draws on a canvas.
//
// A renderer, this one or that of renderer-sigma.js, is all that the rest of the page knows of how nodes and ties get
// onto the screen. Points are those of the map where not said otherwise; `scale` is screen pixels in a unit of the map.
//
//   redraw()                    draw with the next frame, once, however often it is asked for
//   recolour()                  the page's colours, or what they stand for, have changed
//   hideAndShow()               what the filters hide has changed
//   resize()                    the holder has changed its size
//   scale(), centre()           what is looked at
//   moveTo({position, scale, animation})
//   toScreen(point)             a point of the map as a point of the holder
//   at(point)                   {node, tie} at a point of the holder, each null where there is none
//   middleOf(tie)               the middle of a tie
//   copyTo(context)             draw the map as it is now into another canvas of the holder's size
//   lookOf(tie)                 its {width, opacity} and, where it is bent, the control point of its course
//   on(name, act)               "under" and "over" (context, scale): draw below and above nodes and ties, in the map's
//                               units, "amid" between the ties and the nodes that stand out; "hover" ({node, tie}),
//                               "click" and "doubleClick" (with the point of the map); "moved": the reader moved the map

function visRenderer(drawing) {
  const { on, tell } = hearers();
  const dressNode = (given, number) => ({ ...given, color: nodeColours(nodes[number]), hidden: nodeUndrawn(nodes[number]) });
  const dressTie = (given, number) => ({
    ...given,
    color: { color: tieColour(ties[number]), opacity: Math.min(1, given.opacity * (isDark() ? DARK_LINES : 1)), inherit: false },
    hidden: tieUndrawn(ties[number]),
  });
  const visNodes = new vis.DataSet(drawing.nodes.map(dressNode));
  const visTies = new vis.DataSet(drawing.edges.map(dressTie));
  const network = new vis.Network(holder, { nodes: visNodes, edges: visTies }, drawing.options);
  find(".vis-network", holder).tabIndex = -1; // the holder has the keyboard, not the canvas in it

  // A node first, else a tie.
  function at(point) {
    const node = network.getNodeAt(point);
    if (node !== undefined) return { node: nodes[node], tie: null };
    const tie = network.getEdgeAt(point);
    return { node: null, tie: tie === undefined ? null : ties[tie] };
  }

  function changed(items, set, hides) {
    return items.filter((item) => set.get(item.number).hidden !== hides(item)).map((item) => ({ id: item.number, hidden: hides(item) }));
  }

  // What does not stand out is faded by the canvas' own colour, and what does is drawn once more.
  function emphasise(context, wanted) {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = alpha(colourOf("canvas"), 1 - FADED);
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
    for (const number of wanted.ties) {
      if (tieUndrawn(ties[number])) continue;
      network.body.edges[number].draw(context);
      network.body.edges[number].drawArrows(context);
    }
    tell("amid", context, network.getScale());
    for (const number of wanted.nodes) if (!nodeUndrawn(nodes[number])) network.body.nodes[number].draw(context);
  }

  network.on("beforeDrawing", (context) => tell("under", context, network.getScale()));
  network.on("afterDrawing", (context) => {
    const wanted = standingOut();
    if (wanted) emphasise(context, wanted);
    tell("over", context, network.getScale());
  });
  for (const name of ["click", "doubleClick"]) {
    network.on(name, ({ pointer }) => tell(name, { ...at(pointer.DOM), point: pointer.canvas }));
  }
  network.on("hoverNode", (event) => tell("hover", { node: nodes[event.node], tie: null }));
  network.on("hoverEdge", (event) => tell("hover", { node: null, tie: ties[event.edge] }));
  for (const name of ["blurNode", "blurEdge"]) network.on(name, () => tell("hover", { node: null, tie: null }));
  for (const name of ["zoom", "dragEnd"]) network.on(name, () => tell("moved"));

  return {
    name: "canvas",
    on,
    at,
    redraw: () => network.body.emitter.emit("_requestRedraw"),
    recolour() {
      visNodes.update(nodes.map((node) => ({ id: node.number, color: nodeColours(node) })));
      visTies.update(drawing.edges.map((given, number) => ({ id: number, color: dressTie(given, number).color })));
    },
    hideAndShow() {
      visNodes.update(changed(nodes, visNodes, nodeUndrawn));
      visTies.update(changed(ties, visTies, tieUndrawn));
    },
    resize: () => network.setSize("100%", "100%"),
    scale: () => network.getScale(),
    centre: () => network.getViewPosition(),
    moveTo: (wanted) => network.moveTo(wanted),
    toScreen: (point) => network.canvasToDOM({ x: point.x, y: point.y }),
    middleOf(tie) {
      const { edgeType } = network.body.edges[tie.number];
      return edgeType.getPoint ? edgeType.getPoint(0.5) : between(nodes[tie.source], nodes[tie.target]);
    },
    copyTo(context) {
      const { canvas } = context;
      context.drawImage(find("canvas", holder), 0, 0, canvas.width, canvas.height);
    },
    lookOf(tie) {
      const { width, opacity, smooth } = drawing.edges[tie.number];
      return { width, opacity, control: smooth?.enabled ? bentBy(smooth, nodes[tie.source], nodes[tie.target]) : null };
    },
  };
}

// Where vis-network's curvedCW and curvedCCW bend a tie.
function bentBy({ type, roundness }, from, to) {
  const factor = 0.5 + (type === "curvedCCW" ? -0.5 : 0.5) * roundness;
  const reach = Math.hypot(to.x - from.x, to.y - from.y) * factor;
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + factor * Math.PI;
  return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
}

const between = (one, other) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
