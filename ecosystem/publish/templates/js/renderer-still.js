// The renderer where a large map is to be drawn and the browser has no WebGL: a picture on a plain canvas, drawn anew
// for every change and so too slowly to be dragged. What a renderer is stands in renderer-vis.js.

function stillRenderer(drawing) {
  const { on, tell } = hearers();
  const canvas = make("canvas");
  holder.append(canvas);
  const context = canvas.getContext("2d");
  let look = { x: 0, y: 0, scale: 1 };
  let asked = 0;

  const toScreen = (point) => ({
    x: (point.x - look.x) * look.scale + holder.clientWidth / 2,
    y: (point.y - look.y) * look.scale + holder.clientHeight / 2,
  });
  const fromScreen = (point) => ({ x: look.x + (point.x - holder.clientWidth / 2) / look.scale, y: look.y + (point.y - holder.clientHeight / 2) / look.scale });
  const at = (point) => hitAt(fromScreen(point), look.scale);

  function draw() {
    asked = 0;
    const ratio = devicePixelRatio, origin = toScreen({ x: 0, y: 0 }), wanted = standingOut();
    canvas.width = holder.clientWidth * ratio;
    canvas.height = holder.clientHeight * ratio;
    context.setTransform(ratio * look.scale, 0, 0, ratio * look.scale, ratio * origin.x, ratio * origin.y);
    tell("under", context, look.scale);
    for (const tie of ties) if (!tieUndrawn(tie)) drawTie(tie, wanted);
    if (wanted) tell("amid", context, look.scale);
    for (const node of nodes) if (!nodeUndrawn(node)) drawNode(node, wanted);
    context.globalAlpha = 1;
    tell("over", context, look.scale);
  }

  function drawTie(tie, wanted) {
    const source = nodes[tie.source], target = nodes[tie.target], control = controlOf(tie);
    context.globalAlpha = drawing.opacity[tie.number] * (wanted && !wanted.ties.has(tie.number) ? FADED : 1);
    context.strokeStyle = tieColour(tie);
    context.lineWidth = drawing.width[tie.number];
    context.beginPath();
    context.moveTo(source.x, source.y);
    context.quadraticCurveTo(control.x, control.y, target.x, target.y);
    context.stroke();
  }

  function drawNode(node, wanted) {
    const colours = nodeColours(node);
    context.globalAlpha = wanted && !wanted.nodes.has(node.number) ? FADED : 1;
    context.fillStyle = colours.background;
    context.strokeStyle = colours.border;
    context.lineWidth = NODE_LINE;
    context.beginPath();
    context.arc(node.x, node.y, node.radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }

  const redraw = () => { asked ||= requestAnimationFrame(draw); };
  const pointOf = (event) => ({ x: event.offsetX, y: event.offsetY });
  for (const [heard, name] of [["click", "click"], ["dblclick", "doubleClick"]]) {
    canvas.addEventListener(heard, (event) => tell(name, { ...at(pointOf(event)), point: fromScreen(pointOf(event)) }));
  }

  const note = make("p", { class: "no-webgl", role: "status" }, say("no_webgl"));
  holder.after(note);
  return {
    name: "still",
    on,
    at,
    redraw,
    recolour: redraw,
    hideAndShow: redraw,
    resize: redraw,
    scale: () => look.scale,
    centre: () => ({ x: look.x, y: look.y }),
    moveTo({ position = look, scale = look.scale }) {
      look = { x: position.x, y: position.y, scale };
      redraw();
    },
    toScreen,
    middleOf: (tie) => onTie(tie, 0.5),
    copyTo: (other) => other.drawImage(canvas, 0, 0, other.canvas.width, other.canvas.height),
    lookOf: (tie) => ({ width: drawing.width[tie.number], opacity: drawing.opacity[tie.number], control: bends.has(tie.number) ? controlOf(tie) : null }),
  };
}
