import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { OnRecordError } from '../../index/errors.ts'

interface ChatModelSettings {
  /** `provider:model`, as LangChain's initChatModel reads it; with an address the provider is openai unless another is named. */
  model: string
  /** The base address of an endpoint that speaks OpenAI's protocol. */
  url: string
  key: string
}

/** What a server at an address of one's own is shown when it asks for no key: the client library refuses to have none. */
const NO_KEY = 'none'

/** Starts the model that the settings name. Throws CONFIG_INVALID. No call is made. */
export async function chatModelOf(settings: ChatModelSettings): Promise<BaseChatModel> {
  const { provider, name } = await providerOf(settings)
  const { initChatModel } = await import('langchain/chat_models/universal')
  const { url } = settings
  const key = settings.key || (url && NO_KEY)
  try {
    return (await initChatModel(name, {
      modelProvider: provider,
      maxRetries: 0,
      ...(key && { apiKey: key }),
      // Its client prints what it cannot read.
      ...(provider === 'openai' && { configuration: { logLevel: 'off', ...(url && { baseURL: url }) } }),
      ...(url && { useResponsesApi: false }),
    })) as unknown as BaseChatModel
  } catch (cause) {
    throw invalid(`The language model ${settings.model} cannot be started.`, 'Set ONRECORD_CHAT_KEY, or what its provider needs: docs/chat-models.md.', cause)
  }
}

/** Who provides the model that the settings name, and by which package, which is there. Throws CONFIG_INVALID. */
export async function providerOf({ model, url }: ChatModelSettings): Promise<{ provider: string; name: string; package: string }> {
  const { MODEL_PROVIDER_CONFIG, _inferModelProvider } = await import('langchain/chat_models/universal')
  const providers: Record<string, { package: string }> = MODEL_PROVIDER_CONFIG
  const colon = model.indexOf(':')
  const named = colon > 0 && Object.hasOwn(providers, model.slice(0, colon)) ? model.slice(0, colon) : null
  const provider = named ?? (url ? 'openai' : _inferModelProvider(model))
  if (!provider || !Object.hasOwn(providers, provider)) {
    throw invalid(`ONRECORD_CHAT_MODEL is "${model}": its provider is not known.`, `Name it: PROVIDER:MODEL, with one of ${Object.keys(providers).join(', ')}.`)
  }
  if (url && provider !== 'openai') {
    throw invalid(`ONRECORD_CHAT_URL is set, and ONRECORD_CHAT_MODEL is "${model}".`, `An address is only asked as OpenAI's are: openai:${model}.`)
  }
  const { package: needed } = providers[provider] as { package: string }
  try {
    await import(needed)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw invalid(`ONRECORD_CHAT_MODEL is "${model}", and the package ${needed} is not installed.`, `Run: npm install ${needed}`, cause)
  }
  return { provider, name: named ? model.slice(colon + 1) : model, package: needed }
}

function invalid(what: string, remedy: string, cause?: unknown): OnRecordError {
  return new OnRecordError('CONFIG_INVALID', what, remedy, { cause })
}
