// What WebGL has drawn is gone after the frame: for paper it is copied onto a canvas that keeps it.

let printed = null;
addEventListener("beforeprint", () => {
  if (renderer.name !== "webgl") return;
  const sharp = Math.max(devicePixelRatio, 2);
  printed = make("canvas", { class: "printed", width: Math.round(holder.clientWidth * sharp), height: Math.round(holder.clientHeight * sharp) });
  renderer.copyTo(printed.getContext("2d"));
  holder.append(printed);
});
addEventListener("afterprint", () => printed?.remove());
