import { type Config, readConfig } from '../server/config.ts'

/** The settings from the environment and a command's flags. */
export function settings(flags: Partial<Record<keyof Config, string | undefined>> = {}): Config {
  return readConfig(process.env, flags)
}
