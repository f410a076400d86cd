import hnswlib from 'hnswlib-node'

// Reads a graph in a process of its own, and asks it: a file that would end the process ends this one.
const [file = '', dimensions, size] = process.argv.slice(2)
const graph = new hnswlib.HierarchicalNSW('ip', Number(dimensions))
graph.readIndexSync(file)
if (graph.getCurrentCount() !== Number(size)) throw new Error(`it holds ${graph.getCurrentCount()} vectors, not ${size}`)
for (const passage of new Set([0, Number(size) >> 1, Number(size) - 1])) {
  const { neighbors } = graph.searchKnn(graph.getPoint(passage), Math.min(10, Number(size)))
  if (neighbors.length === 0) throw new Error('it finds nothing')
}
