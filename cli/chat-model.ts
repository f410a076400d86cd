import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { Config } from '../server/config.ts'

/** The settings' language model, or none; its libraries are loaded only with one. Throws CONFIG_INVALID. */
export async function chatModelIn(config: Config): Promise<BaseChatModel | undefined> {
  const settings = chatSettings(config)
  if (!settings) return undefined
  const { chatModelOf } = await import('../answer/prose/chat-model.ts')
  return chatModelOf(settings)
}

/** What of the settings the model is started with; null for none. */
export function chatSettings({ CHAT_MODEL, CHAT_URL, CHAT_KEY }: Config) {
  return CHAT_MODEL === '' ? null : { model: CHAT_MODEL, url: CHAT_URL, key: CHAT_KEY }
}
