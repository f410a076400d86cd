import { afterAll } from 'vitest'
import { endFile } from './after.ts'

// Runs once for every file of tests, before it: hooks run backwards, so that this one comes after the file's own.
afterAll(endFile)
