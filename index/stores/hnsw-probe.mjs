import { readFileSync } from 'node:fs'
import hnswlib from 'hnswlib-node'

// Reads a graph in a process of its own, and asks it: a file that would end the process ends this one.
const [file = '', points = '', dimensions, size] = process.argv.slice(2)
const graph = new hnswlib.HierarchicalNSW('ip', Number(dimensions))
graph.readIndexSync(file)
const passages = new Int32Array(Uint8Array.from(readFileSync(points)).buffer)
if (graph.getCurrentCount() !== passages.length) throw new Error(`it holds ${graph.getCurrentCount()} vectors, not ${passages.length}`)
const live = Array.from(passages.keys()).filter((point) => passages[point] !== -1)
if (live.length !== Number(size)) throw new Error(`it holds ${live.length} passages, not ${size}`)
for (const point of new Set([live[0], live[live.length >> 1], live.at(-1)])) {
  if (point === undefined) continue
  const { neighbors } = graph.searchKnn(graph.getPoint(point), Math.min(10, live.length))
  if (neighbors.length === 0) throw new Error('it finds nothing')
}
