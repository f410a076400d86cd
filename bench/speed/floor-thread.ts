import { parentPort, workerData } from 'node:worker_threads'
import { InferenceSession, Tensor } from 'onnxruntime-node'

// A bare session with one thread of its own: it takes the next text until none is left.
const port = parentPort as NonNullable<typeof parentPort>
const session = await InferenceSession.create(workerData as string, { intraOpNumThreads: 1, interOpNumThreads: 1 })

/** Texts as their tokens, and how many of them are taken, which all threads share. */
export interface Work {
  texts: Int32Array[]
  taken: Int32Array
}

port.on('message', async ({ texts, taken }: Work) => {
  for (let at = Atomics.add(taken, 0, 1); at < texts.length; at = Atomics.add(taken, 0, 1)) await run(texts[at] as Int32Array)
  port.postMessage('done')
})
port.postMessage('ready')

async function run(text: Int32Array): Promise<void> {
  const tensor = (data: BigInt64Array) => new Tensor('int64', data, [1, text.length])
  const inputs: Record<string, () => Tensor> = {
    input_ids: () => tensor(BigInt64Array.from(text, BigInt)),
    attention_mask: () => tensor(new BigInt64Array(text.length).fill(1n)),
    token_type_ids: () => tensor(new BigInt64Array(text.length)),
  }
  await session.run(Object.fromEntries(session.inputNames.map((name) => [name, (inputs[name] as () => Tensor)()])))
}
