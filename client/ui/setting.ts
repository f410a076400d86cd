import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Server } from '../api.ts'
import type { Words } from '../words/en.ts'

/** Where the parts stand: the server that they ask, and the words that they are labelled with. */
export interface Setting {
  server: Server
  words: Words
}

const Context = createContext<Setting | null>(null)

export const SettingProvider = Context.Provider

export function useSetting(): Setting {
  const setting = useContext(Context)
  if (!setting) throw new Error('A part of the page stands outside its setting.')
  return setting
}

export function useWords(): Words {
  return useSetting().words
}
