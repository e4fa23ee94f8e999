// Tables that came as columns: numbers packed, repeated texts once, nothing for what most rows don't have.

const PACKED = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array };

function unpacked(packed) {
  const [kind, text] = Object.entries(packed)[0];
  const signs = atob(text), bytes = new Uint8Array(signs.length);
  for (let at = 0; at < signs.length; at++) bytes[at] = signs.charCodeAt(at); // ten times as fast as Uint8Array.from
  return new PACKED[kind](bytes.buffer);
}

function valuesOf({ packed, list, of, at }) {
  if (packed) return unpacked(packed);
  return of ? Array.from(unpacked(at), (place) => of[place]) : list;
}

function rowsOf({ length, columns }) {
  const rows = Array.from({ length }, () => ({}));
  for (const [name, column] of Object.entries(columns)) {
    const values = valuesOf(column);
    if (column.rows) unpacked(column.rows).forEach((row, place) => { rows[row][name] = values[place]; });
    else for (let row = 0; row < length; row++) rows[row][name] = values[row];
  }
  return rows;
}
