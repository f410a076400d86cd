import { existsSync } from 'node:fs'
import { mkdir, rmdir, stat } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'

/** Where Chromium and its kin are usually installed. */
const PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge',
  ],
  darwin: ['', homedir()].flatMap((root) => [
    join(root, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
    join(root, '/Applications/Chromium.app/Contents/MacOS/Chromium'),
    join(root, '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
  ]),
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap((root) =>
    root
      ? ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((path) => join(root, path))
      : [],
  ),
}

const HOW = 'Install Chromium or Chrome, or name its executable: ONRECORD_CHROMIUM=/path/to/chromium.'

/** Launches ONRECORD_CHROMIUM, else an installed Chromium, else, on Linux, the one that comes with @sparticuz/chromium. Throws when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium()
  try {
    return await chromium.launch({ executablePath })
  } catch (cause) {
    throw new Error(`${executablePath} does not start. ${HOW}`, { cause })
  }
}

async function findChromium(): Promise<string> {
  const named = process.env.ONRECORD_CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`ONRECORD_CHROMIUM names ${named}, and there is no such file. ${HOW}`)
  }
  const installed = PLACES[process.platform]?.find((path) => existsSync(path))
  if (installed) return installed
  if (process.platform !== 'linux') throw new Error(`No Chromium was found. ${HOW}`)
  try {
    return await unpacked()
  } catch (cause) {
    throw new Error(`No Chromium is installed, and that of @sparticuz/chromium cannot be unpacked. ${HOW}`, { cause })
  }
}

/** It unpacks itself once, and takes whatever stands there for whole: test files that run at the same time go one by one. */
async function unpacked(): Promise<string> {
  const { default: packed } = await import('@sparticuz/chromium')
  const lock = join(tmpdir(), 'onrecord-unpacks-chromium')
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  ) {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > 60_000) await rmdir(lock).catch(() => {})
    await wait(100)
  }
  try {
    return await packed.executablePath()
  } finally {
    await rmdir(lock).catch(() => {})
  }
}
