// The renderer for large maps: sigma.js draws with WebGL. What a renderer is stands in renderer-vis.js.

const SLOW = 120; // milliseconds a frame
const REST = 250; // milliseconds after which a map that is not moved is drawn whole

function sigmaRenderer(drawing) {
  const { on, tell } = hearers();
  const box = extent(nodes);
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const span = Math.max(box.right - box.left, box.bottom - box.top, 1);
  const placeOf = (point) => ({ x: 0.5 + (point.x - middle.x) / span, y: 0.5 - (point.y - middle.y) / span }); // as sigma's camera counts

  const graph = new graphology.MultiGraph();
  for (const { number } of nodes) graph.addNode(number, placeOf(nodes[number]));
  for (const { number, source, target } of ties) graph.addEdgeWithKey(number, source, target);
  const uniforms = { span, out: null, ready: false, hurries: false };
  const sigma = new Sigma(new graphology.MultiGraph(), holder, {
    renderLabels: false,
    stagePadding: 0,
    zoomingRatio: 1.5,
    zoomDuration: motion() ? 200 : 1,
    inertiaRatio: 0,
    minCameraRatio: null,
    defaultNodeType: "node",
    defaultEdgeType: "tie",
    nodeProgramClasses: { node: nodeProgram(uniforms, placeOf) },
    nodeHoverProgramClasses: {},
    edgeProgramClasses: { tie: tieProgram(uniforms, placeOf, drawing) },
  });
  sigma.setCustomBBox({ x: [0, 1], y: [0, 1] });
  sigma.setGraph(graph); // only now, so that all is worked out once, and drawn when everything is in place
  uniforms.ready = true;
  sigma.createCanvasContext("under", { beforeLayer: "edges" }).createCanvasContext("amid", { afterLayer: "edges" });
  sigma.createCanvasContext("over", { afterLayer: "nodes" });
  sigma.resize(true);
  const layers = ["under", "edges", "amid", "nodes", "over"].map((name) => sigma.getCanvases()[name]);
  const camera = sigma.getCamera();

  function unit() {
    const still = { cameraState: { x: 0.5, y: 0.5, angle: 0, ratio: 1 } };
    return (sigma.graphToViewport({ x: 1, y: 0 }, still).x - sigma.graphToViewport({ x: 0, y: 0 }, still).x) / span;
  }
  function scale() {
    return unit() / camera.ratio;
  }
  const centre = () => ({ x: middle.x + (camera.x - 0.5) * span, y: middle.y - (camera.y - 0.5) * span });

  function toScreen(point) {
    const { x, y } = centre(), pixels = scale();
    return { x: (point.x - x) * pixels + holder.clientWidth / 2, y: (point.y - y) * pixels + holder.clientHeight / 2 };
  }
  function fromScreen(point) {
    const { x, y } = centre(), pixels = scale();
    return { x: x + (point.x - holder.clientWidth / 2) / pixels, y: y + (point.y - holder.clientHeight / 2) / pixels };
  }
  const at = (point) => hitAt(fromScreen(point), scale());
  const pressed = (point) => ({ ...at(point), point: fromScreen(point) });

  function moveTo(wanted) {
    const { x, y } = placeOf(wanted.position || centre());
    const goal = { x, y, ratio: unit() / (wanted.scale || scale()) };
    if (wanted.animation) camera.animate(goal, { duration: wanted.animation.duration, easing: "quadraticInOut" });
    else camera.setState(goal);
    sigma.scheduleRender();
  }

  // A computer without a graphics processor draws many ties in a second or more: it moves the map without them.
  let slow = false, rest = 0;
  function hurry() {
    clearTimeout(rest);
    uniforms.hurries = slow;
  }
  function clock() {
    if (ties.length <= FINE) return;
    clearTimeout(rest);
    if (uniforms.hurries) {
      rest = setTimeout(() => {
        uniforms.hurries = false;
        sigma.scheduleRender();
      }, REST);
      return;
    }
    const began = performance.now();
    requestAnimationFrame(() => { slow = performance.now() - began > SLOW; });
  }

  // What stands out has changed: only what did or does has to be written again.
  function markOut() {
    const now = standingOut(), before = uniforms.out;
    if (now === before) return;
    uniforms.out = now;
    for (const list of ["nodes", "ties"]) {
      const changed = new Set([...(before?.[list] || []), ...(now?.[list] || [])]);
      for (const number of changed) uniforms[list].put(number);
    }
  }

  function rewrite() {
    for (const node of nodes) uniforms.nodes.put(node.number);
    for (const tie of ties) uniforms.ties.put(tie.number);
    sigma.scheduleRender();
  }

  // A canvas above or below those of sigma, emptied and turned so that it is drawn on in the map's units.
  function onLayer(name, draw) {
    const canvas = sigma.getCanvases()[name], context = canvas.getContext("2d");
    const ratio = canvas.width / holder.clientWidth, pixels = scale(), origin = toScreen({ x: 0, y: 0 });
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(ratio * pixels, 0, 0, ratio * pixels, ratio * origin.x, ratio * origin.y);
    draw(context, pixels);
  }

  camera.on("updated", hurry);
  sigma.on("beforeRender", markOut);
  sigma.on("afterRender", () => {
    clock();
    onLayer("under", (context, pixels) => {
      context.globalAlpha = standingOut() ? FADED : 1;
      tell("under", context, pixels);
      drawLoops(context, standingOut());
      context.globalAlpha = 1;
    });
    onLayer("amid", (context, pixels) => standingOut() && tell("amid", context, pixels));
    onLayer("over", (context, pixels) => tell("over", context, pixels));
  });

  const loops = ties.filter((tie) => tie.source === tie.target);
  function drawLoops(context, wanted) {
    for (const tie of loops) {
      if (tieUndrawn(tie)) continue;
      const node = nodes[tie.source];
      context.globalAlpha = drawing.opacity[tie.number] * (wanted && !wanted.ties.has(tie.number) ? FADED : 1);
      context.strokeStyle = tieColour(tie);
      context.lineWidth = drawing.width[tie.number];
      context.beginPath();
      context.arc(node.x + node.radius, node.y - node.radius, node.radius, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  // sigma would look for what is under the pointer by drawing everything once more: geometry.js finds it out.
  const mouse = sigma.getMouseCaptor(), touch = sigma.getTouchCaptor();
  for (const captor of [mouse, touch]) captor.removeAllListeners();
  const touched = (event) => ("x" in event ? event : event.touches[0] || event.previousTouches[0]);
  mouse.on("click", (event) => !event.sigmaDefaultPrevented && tell("click", pressed(event)));
  touch.on("tap", (event) => tell("click", pressed(touched(event))));
  for (const [captor, name] of [[mouse, "doubleClick"], [touch, "doubletap"]]) {
    captor.on(name, (event) => {
      event.preventSigmaDefault();
      tell("doubleClick", pressed(touched(event)));
    });
  }
  mouse.on("wheel", () => tell("moved"));
  touch.on("touchmove", () => tell("moved"));
  let under = { node: null, tie: null }, asked = 0;
  mouse.on("mousemove", (event) => {
    if (event.original.buttons) return tell("moved");
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const hit = at(event);
      if (hit.node === under.node && hit.tie === under.tie) return;
      under = hit;
      tell("hover", hit);
    });
  });
  mouse.on("mouseleave", () => {
    cancelAnimationFrame(asked);
    under = { node: null, tie: null };
  });

  return {
    name: "webgl",
    on,
    at,
    scale,
    centre,
    moveTo,
    toScreen,
    redraw: () => sigma.scheduleRender(),
    recolour: rewrite,
    hideAndShow: rewrite,
    resize() {
      const kept = { position: centre(), scale: scale() };
      sigma.resize();
      moveTo(kept);
    },
    middleOf: (tie) => onTie(tie, 0.5),
    copyTo(context) {
      sigma.render(); // what WebGL drew can be read in the same frame only
      for (const layer of layers) context.drawImage(layer, 0, 0, context.canvas.width, context.canvas.height);
    },
    lookOf: (tie) => ({ width: drawing.width[tie.number], opacity: drawing.opacity[tie.number], control: bends.has(tie.number) ? controlOf(tie) : null }),
  };
}
