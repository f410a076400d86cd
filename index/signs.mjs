/**
 * The vectors of tokens as an index keeps them: the sign of each dimension, a bit each, 32 of them a word; `rows` holds `dimensions` numbers a
 * token, and `common` what is taken from each of them first.
 * @param {Float32Array} rows @param {number} dimensions @param {Float32Array} [common]
 */
export function signsOf(rows, dimensions, common = new Float32Array(dimensions)) {
  const width = bytesOfSigns(dimensions)
  const signs = new Uint8Array((rows.length / dimensions) * width)
  for (let from = 0, at = 0; from < rows.length; from += dimensions, at += width) {
    for (let first = 0; first < dimensions; first += 8) {
      const last = Math.min(first + 8, dimensions)
      let bits = 0
      for (let i = first; i < last; i++) if (Number(rows[from + i]) > Number(common[i])) bits |= 1 << (i - first)
      signs[at + (first >> 3)] = bits
    }
  }
  return signs
}

/**
 * Bytes of a token's signs.
 * @param {number} dimensions
 */
export function bytesOfSigns(dimensions) {
  return Math.ceil(dimensions / 32) * 4
}
