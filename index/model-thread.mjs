// What every thread with a model does: onnxruntime blocks the thread that it runs in, so each has one model and does nothing else.
// Plain JavaScript, so that the same file runs from the sources and from the build.
import { parentPort, workerData } from 'node:worker_threads'
import { AutoTokenizer, env } from '@xenova/transformers'

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)

/**
 * The tokenizer and the model of a thread, by the settings that it was started with.
 * @template M
 * @param {{ from_pretrained(name: string, options: object): Promise<M> }} kind
 */
export async function loaded(kind) {
  const settings = /** @type {{ root: string, name: string, download: boolean, dtype: 'q8' | 'fp32' }} */ (workerData)
  env.localModelPath = settings.root
  env.allowRemoteModels = settings.download
  if (settings.download) env.cacheDir = settings.root
  return Promise.all([
    AutoTokenizer.from_pretrained(settings.name),
    kind.from_pretrained(settings.name, {
      dtype: settings.dtype,
      session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
    }),
  ])
}

/**
 * Says that the thread is ready, with the facts of its model, and answers each job with its result or what went wrong; the buffers of a result
 * that `handedOver` names are not copied.
 * @template Job, Result
 * @param {object} facts @param {(job: Job) => Promise<Result>} work @param {(result: Result) => ArrayBuffer[]} [handedOver]
 */
export function serve(facts, work, handedOver = () => []) {
  port.on('message', async (/** @type {Job} */ job) => {
    try {
      const result = await work(job)
      port.postMessage({ result }, handedOver(result))
    } catch (error) {
      port.postMessage({ error: String(error instanceof Error ? error.message : error) })
    }
  })
  port.postMessage({ ready: facts })
}
