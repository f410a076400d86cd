import type { Written } from '../written.ts'

const clock = (seconds: number) => `00:00:${String(seconds).padStart(2, '0')},500`

export const written: Written = {
  // A cue for each paragraph, in two lines, with silence between them.
  write: (paragraphs) =>
    paragraphs
      .map(
        (text, i) =>
          `${i + 1}\r\n${clock(i * 10)} --> ${clock(i * 10 + 4)} X1:0 X2:9\r\n{\\an8}<i>${text.replace(' ', '</i>\r\n').replace('&', '&amp;')}\r\n\r\n`,
      )
      .join(''),
  isText: true,
  pieces: ['1\n', '00:00:01,000 --> 00:00:02,000\n', '-->', 'NAME: ', '>> ', '{\\an8}', '&#55296;', '\r\n\r\n'],
}
