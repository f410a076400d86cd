import type { Written } from '../written.ts'

export const written: Written = {
  write: (paragraphs) =>
    `<!doctype html><title>x</title><main>${paragraphs.map((text) => `<p class="a"><em>${text.replace('&', '&amp;')}</em></p>\n`).join('')}</main>`,
  isText: true,
  pieces: ['<!--', '<p>', '<svg', '&#0;', '</'],
}
