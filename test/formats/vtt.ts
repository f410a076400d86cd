import type { Written } from '../written.ts'

export const written: Written = {
  write: (paragraphs) =>
    `WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE not said\n\n${paragraphs
      .map(
        (text, i) =>
          `${i}\n0${i}:00.000 --> 0${i}:04.000 line:0 align:start\n<v.loud Odile>${text.replace('&', '&amp;').replace(' ', ' <00:00:01.000><c>')}</c></v>\n\n`,
      )
      .join('')}`,
  isText: true,
  pieces: ['WEBVTT\n\n', '00:01.000 --> 00:02.000\n', '-->', '<v A>', '<v', '</v>', '<c>', '&lt;', '\n\n'],
}
