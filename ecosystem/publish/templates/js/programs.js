// What the graphics processor runs: nodes with their shape, fill and line, ties with their width, bend and arrow.
// Both are written straight into sigma's arrays, by number, so that a filter or a colour needs no walk through a graph.

const SHAPE_NUMBERS = { dot: 0, square: 1, diamond: 2, triangle: 3, triangleDown: 4, star: 5, hexagon: 6 };
const STANDS_OUT = 1, DASHED = 2, PALE = 4; // flags
const FINE = 20000; // so many ties at most are drawn with bends
const STEPS = 12; // in which a bent tie is drawn
const NODE_LINE = 1.5, HOLLOW_LINE = 2.2; // pixels at scale 1
const ARROW = 6.5; // its length at scale 1

const bytesOf = (() => {
  const cache = new Map();
  return (colour) => {
    if (!cache.has(colour)) cache.set(colour, [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) || 0));
    return cache.get(colour);
  };
})();

const COMMON = `
precision highp float;
uniform mat3 u_matrix;
uniform vec2 u_screen;    // CSS pixels
uniform float u_scale;    // CSS pixels in a unit of the map
uniform float u_pixel;    // CSS pixels in a pixel of the screen
uniform float u_pass;     // 0: all; 1: what does not stand out, faded; 2: what does
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
bool flagged(float flags, float flag) { return mod(floor(flags / flag), 2.0) > 0.5; }
bool left_out(float flags) {
  bool out_standing = flagged(flags, ${STANDS_OUT}.0);
  return (u_pass == 1.0 && out_standing) || (u_pass == 2.0 && !out_standing);
}
vec2 screen(vec2 at) { return (u_matrix * vec3(at, 1.0)).xy * u_screen * 0.5; }
float share(float flags) { return (u_pass == 1.0 ? ${FADED} : 1.0) * (flagged(flags, ${PALE}.0) ? 0.3 : 1.0); }
`;

const NODE_VERTEX = `${COMMON}
attribute vec2 a_at;
attribute float a_radius;
attribute vec4 a_fill;
attribute vec4 a_line;    // the last byte: shape, and whether only the outline is drawn
attribute float a_flags;
attribute vec2 a_corner;
varying vec4 v_fill;
varying vec3 v_line;
varying vec2 v_at;
varying float v_radius, v_border, v_shape, v_share, v_dashed;
void main() {
  if (a_radius == 0.0 || left_out(a_flags)) { gl_Position = NOWHERE; return; }
  float kind = floor(a_line.a * 255.0 + 0.5);
  bool hollow = kind >= 16.0;
  v_shape = mod(kind, 16.0);
  v_radius = max(a_radius * u_scale, 0.75);
  v_border = min(max((hollow ? ${HOLLOW_LINE} : ${NODE_LINE}) * u_scale, hollow ? 1.3 : 0.8), hollow ? v_radius * 0.5 : v_radius * 0.3);
  float reach = v_radius + v_border * 0.5 + 1.0;
  v_at = a_corner * reach;
  v_fill = a_fill;
  v_line = a_line.rgb;
  v_share = share(a_flags);
  v_dashed = flagged(a_flags, ${DASHED}.0) ? 1.0 : 0.0;
  gl_Position = vec4((screen(a_at) + v_at) / (u_screen * 0.5), 0.0, 1.0);
}`;

const NODE_FRAGMENT = `
precision highp float;
varying vec4 v_fill;
varying vec3 v_line;
varying vec2 v_at;
varying float v_radius, v_border, v_shape, v_share, v_dashed;
uniform float u_pixel;
// Distance to a regular polygon whose corners lie at radius r, one of them upwards.
float polygon(vec2 p, float sides, float r) {
  float sector = 6.2831853 / sides;
  float angle = mod(atan(p.x, p.y) + sector * 0.5, sector) - sector * 0.5;
  return length(p) * cos(abs(angle) - sector * 0.5) - r * cos(sector * 0.5);
}
float star(vec2 p, float r) {
  float sector = 6.2831853 / 5.0;
  float angle = abs(mod(atan(p.x, p.y) + sector * 0.5, sector) - sector * 0.5);
  vec2 q = length(p) * vec2(sin(angle), cos(angle));
  vec2 tip = vec2(0.0, r), inner = 0.42 * r * vec2(sin(sector * 0.5), cos(sector * 0.5));
  vec2 side = normalize(inner - tip);
  return dot(q - tip, vec2(-side.y, side.x));
}
float outside(vec2 p, float r) {
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) return max(abs(p.x), abs(p.y)) - r * 0.7071;
  if (v_shape < 2.5) return (abs(p.x) + abs(p.y) - r) * 0.7071;
  if (v_shape < 3.5) return polygon(p + vec2(0.0, r * 0.12), 3.0, r);
  if (v_shape < 4.5) return polygon(vec2(p.x, -p.y) + vec2(0.0, r * 0.12), 3.0, r);
  if (v_shape < 5.5) return star(p, r);
  return polygon(p.yx, 6.0, r);
}
void main() {
  float off = outside(v_at, v_radius);
  float inside = clamp(0.5 - (off - v_border * 0.5) / u_pixel, 0.0, 1.0);
  float filled = clamp(0.5 - (off + v_border * 0.5) / u_pixel, 0.0, 1.0);
  if (v_dashed > 0.5 && fract(atan(v_at.y, v_at.x) * 2.2) > 0.57) inside = min(inside, filled);
  vec3 colour = mix(v_line, v_fill.rgb, filled);
  gl_FragColor = vec4(colour, 1.0) * inside * v_share;
}`;

const TIE_VERTEX = `${COMMON}
attribute vec2 a_from;
attribute vec2 a_to;
attribute vec2 a_bend;    // how far it bends, and the radius of the target at which an arrow ends; -1: no arrow
attribute float a_width;
attribute vec4 a_colour;
attribute float a_flags;
attribute vec3 a_place;   // along, across, and whether it is of the arrow
varying vec4 v_colour;
varying float v_across, v_half, v_along, v_dashed;
vec2 along(vec2 from, vec2 control, vec2 to, float t) {
  return (1.0 - t) * (1.0 - t) * from + 2.0 * t * (1.0 - t) * control + t * t * to;
}
void main() {
  if (a_width == 0.0 || left_out(a_flags)) { gl_Position = NOWHERE; return; }
  vec2 from = screen(a_from), to = screen(a_to);
  vec2 straight = to - from;
  float length_ = max(length(straight), 0.0001);
  vec2 control = (from + to) * 0.5 + vec2(-straight.y, straight.x) * a_bend.x * ${BEND};
  float width = a_width * u_scale;
  float drawn = max(width, 0.85);
  v_half = drawn * 0.5;
  v_colour = a_colour * clamp(width / drawn, 0.12, 1.0) * share(a_flags);
  v_dashed = flagged(a_flags, ${DASHED}.0) ? 1.0 : 0.0;
  vec2 at;
  if (a_place.z > 0.5) {
    if (a_bend.y < 0.0) { gl_Position = NOWHERE; return; }
    vec2 way = normalize(to - control + vec2(0.00001, 0.0));
    float size = (${ARROW} + a_width) * u_scale;
    at = to - way * (a_bend.y * u_scale + size * a_place.x) + vec2(-way.y, way.x) * a_place.y * size * 0.42;
    v_colour = a_colour * share(a_flags);
    v_across = 0.0; v_half = 10.0; v_along = 0.0; v_dashed = 0.0;
  } else {
    float t = a_place.x;
    vec2 tangent = normalize(2.0 * (1.0 - t) * (control - from) + 2.0 * t * (to - control) + vec2(0.00001, 0.0));
    float reach = v_half + 0.5 * u_pixel; // beyond it nothing would be seen of it
    at = along(from, control, to, t) + vec2(-tangent.y, tangent.x) * a_place.y * reach;
    v_across = a_place.y * reach;
    v_along = t * length_;
  }
  gl_Position = vec4(at / (u_screen * 0.5), 0.0, 1.0);
}`;

const TIE_FRAGMENT = `
precision highp float;
varying vec4 v_colour;
varying float v_across, v_half, v_along, v_dashed;
uniform float u_pixel;
void main() {
  float inside = clamp(0.5 - (abs(v_across) - v_half) / u_pixel, 0.0, 1.0);
  if (v_dashed > 0.5 && mod(v_along, 11.0) > 6.0) inside = 0.0;
  gl_FragColor = v_colour * inside;
}`;

// A program that is written to by number and keeps on the card what has not changed.
const programOf = (Base, uniforms, definition) =>
  class extends Base {
    fresh = true;
    bytes = new Uint8Array();
    getDefinition() {
      return { UNIFORMS: ["u_matrix", "u_screen", "u_scale", "u_pixel", "u_pass"], ...definition() };
    }
    reallocate(capacity) {
      super.reallocate(capacity);
      this.bytes = new Uint8Array(this.array.buffer);
    }
    process(fingerprint, number) {
      this.put(number);
    }
    put(number) {
      const at = number * this.STRIDE;
      if (!this.write(this.array, at, number, this.bytes)) this.array.fill(0, at, at + this.STRIDE);
      this.fresh = true;
    }
    bindProgram(program) {
      const { gl } = program;
      const bind = (buffer, attributes, data, changed, each) => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        attributes.reduce((offset, one) => offset + this.bindAttribute(one, program, offset, each), 0);
        if (changed) gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
      };
      bind(program.constantBuffer, this.CONSTANT_ATTRIBUTES, this.constantArray, this.fresh, false);
      bind(program.buffer, this.ATTRIBUTES, this.array, this.fresh, true);
      this.fresh = false;
    }
    setUniforms(params, { gl, uniformLocations }) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform2f(uniformLocations.u_screen, params.width, params.height);
      gl.uniform1f(uniformLocations.u_pixel, 1 / params.pixelRatio);
      gl.uniform1f(uniformLocations.u_scale, (params.matrix[0] * params.width) / 2 / uniforms.span);
    }
    pauses() {
      return !uniforms.ready;
    }
    // No second drawing for what is under the pointer: that is worked out from where things lie.
    render(params) {
      if (this.pauses() || this.hasNothingToRender()) return;
      const program = this.normalProgram, { gl } = program;
      gl.viewport(0, 0, params.width * params.pixelRatio, params.height * params.pixelRatio);
      this.bindProgram(program);
      gl.enable(gl.BLEND);
      gl.useProgram(program.program);
      this.setUniforms(params, program);
      for (const pass of standingOut() ? [1, 2] : [0]) {
        gl.uniform1f(program.uniformLocations.u_pass, pass);
        this.drawWebGL(this.METHOD, program);
      }
      this.unbindProgram(program);
    }
  };

const flagsOf = (item, isOut) => (isOut ? STANDS_OUT : 0) + (item.ghost === "added" ? DASHED : 0) + (item.ghost === "removed" ? PALE : 0);

function nodeProgram(uniforms, placeOf) {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  const colour = { size: 4, type: UNSIGNED_BYTE, normalized: true };
  const definition = () => ({
    VERTICES: 6,
    VERTEX_SHADER_SOURCE: NODE_VERTEX,
    FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
    METHOD: TRIANGLES,
    ATTRIBUTES: [
      { name: "a_at", size: 2, type: FLOAT },
      { name: "a_radius", size: 1, type: FLOAT },
      { name: "a_fill", ...colour },
      { name: "a_line", ...colour },
      { name: "a_flags", size: 1, type: FLOAT },
    ],
    CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
    CONSTANT_DATA: [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]],
  });
  return class extends programOf(Sigma.rendering.NodeProgram, uniforms, definition) {
    constructor(...given) {
      super(...given);
      uniforms.nodes ||= this; // not the one that sigma keeps for what is under the pointer;
    }
    write(array, at, number, bytes) {
      const node = nodes[number];
      if (nodeUndrawn(node)) return false;
      const { background, border } = nodeColours(node);
      const place = placeOf(node);
      array[at] = place.x;
      array[at + 1] = place.y;
      array[at + 2] = node.radius;
      bytes.set([...bytesOf(background), 255, ...bytesOf(border), SHAPE_NUMBERS[kinds[node.kind].shape] + (node.initiative ? 16 : 0)], (at + 3) * 4);
      array[at + 5] = flagsOf(node, uniforms.out?.nodes.has(number));
      return true;
    }
  };
}

function tieProgram(uniforms, placeOf, drawing) {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  const steps = bends.size && ties.length <= FINE ? STEPS : 1;
  const corners = [];
  for (let step = 0; step < steps; step++) {
    const [near, far] = [step / steps, (step + 1) / steps];
    corners.push([near, -1, 0], [far, -1, 0], [far, 1, 0], [near, -1, 0], [far, 1, 0], [near, 1, 0]);
  }
  if (relations.some((relation) => relation.directed)) corners.push([0, 0, 1], [1, -1, 1], [1, 1, 1]);
  const definition = () => ({
    VERTICES: corners.length,
    VERTEX_SHADER_SOURCE: TIE_VERTEX,
    FRAGMENT_SHADER_SOURCE: TIE_FRAGMENT,
    METHOD: TRIANGLES,
    ATTRIBUTES: [
      { name: "a_from", size: 2, type: FLOAT },
      { name: "a_to", size: 2, type: FLOAT },
      { name: "a_bend", size: 2, type: FLOAT },
      { name: "a_width", size: 1, type: FLOAT },
      { name: "a_colour", size: 4, type: UNSIGNED_BYTE, normalized: true },
      { name: "a_flags", size: 1, type: FLOAT },
    ],
    CONSTANT_ATTRIBUTES: [{ name: "a_place", size: 3, type: FLOAT }],
    CONSTANT_DATA: corners,
  });
  return class extends programOf(Sigma.rendering.EdgeProgram, uniforms, definition) {
    constructor(...given) {
      super(...given);
      uniforms.ties ||= this;
    }
    pauses() {
      return super.pauses() || uniforms.hurries;
    }
    write(array, at, number, bytes) {
      const tie = ties[number];
      if (tieUndrawn(tie)) return false;
      const source = nodes[tie.source], target = nodes[tie.target];
      const from = placeOf(source), to = placeOf(target);
      const opacity = Math.min(1, drawing.opacity[number] * (isDark() ? DARK_LINES : 1));
      const colour = bytesOf(tieColour(tie));
      array[at] = from.x;
      array[at + 1] = from.y;
      array[at + 2] = to.x;
      array[at + 3] = to.y;
      array[at + 4] = steps > 1 ? bends.get(number) || 0 : 0;
      array[at + 5] = relations[tie.relation].directed ? target.radius : -1;
      array[at + 6] = drawing.width[number];
      bytes.set([...colour.map((part) => part * opacity), 255 * opacity], (at + 7) * 4);
      array[at + 8] = flagsOf(tie, uniforms.out?.ties.has(number)) & ~PALE;
      return true;
    }
  };
}
