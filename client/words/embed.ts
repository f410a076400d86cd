import type { Words } from './en.ts'

/** The strings of the page that shows the widget, apart from the others: the widget itself carries those, and is to stay small. */
const en = {
  title: 'On your own site',
  intro: 'Visitors ask where they are, and are answered with the exact words. Choose how it looks, and copy the lines below into your page.',
  options: 'Options',
  mode: 'Form',
  modes: { launcher: 'A button in the corner', inline: 'In the text' },
  theme: 'Theme',
  themes: { auto: 'As the reader’s device', light: 'Light', dark: 'Dark', host: 'As the site' },
  accent: 'Accent',
  accentReset: 'As it comes',
  language: 'Language',
  ofThePage: 'As the page',
  position: 'Corner',
  positions: { end: 'At the end', start: 'At the start' },
  snippet: 'For your page',
  copy: 'Copy',
  origins: 'Your site’s origin must be listed on this server:',
  preview: 'The widget',
  inCorner: 'The button is in the corner of this window.',
}

type EmbedWords = typeof en

const de: EmbedWords = {
  title: 'Auf Ihrer eigenen Website',
  intro:
    'Besucher fragen, wo sie gerade sind, und die Antwort sind die genauen Worte. Wählen Sie das Aussehen und kopieren Sie die Zeilen unten in Ihre Seite.',
  options: 'Einstellungen',
  mode: 'Form',
  modes: { launcher: 'Ein Knopf in der Ecke', inline: 'Im Text' },
  theme: 'Farben',
  themes: { auto: 'Wie das Gerät des Lesers', light: 'Hell', dark: 'Dunkel', host: 'Wie die Website' },
  accent: 'Akzentfarbe',
  accentReset: 'Wie vorgegeben',
  language: 'Sprache',
  ofThePage: 'Wie die Seite',
  position: 'Ecke',
  positions: { end: 'Am Zeilenende', start: 'Am Zeilenanfang' },
  snippet: 'Für Ihre Seite',
  copy: 'Kopieren',
  origins: 'Die Herkunft Ihrer Website muss auf diesem Server eingetragen sein:',
  preview: 'Das Widget',
  inCorner: 'Der Knopf steht in der Ecke dieses Fensters.',
}

const ar: EmbedWords = {
  title: 'في موقعك',
  intro: 'يسأل الزوار حيث هم، والجواب هو الكلمات نفسها. اختر المظهر وانسخ الأسطر أدناه إلى صفحتك.',
  options: 'الخيارات',
  mode: 'الشكل',
  modes: { launcher: 'زر في الزاوية', inline: 'داخل النص' },
  theme: 'الألوان',
  themes: { auto: 'مثل جهاز القارئ', light: 'فاتح', dark: 'داكن', host: 'مثل الموقع' },
  accent: 'لون التمييز',
  accentReset: 'اللون الأصلي',
  language: 'اللغة',
  ofThePage: 'مثل الصفحة',
  position: 'الزاوية',
  positions: { end: 'عند نهاية السطر', start: 'عند بداية السطر' },
  snippet: 'لصفحتك',
  copy: 'انسخ',
  origins: 'يجب أن يكون عنوان موقعك مدرجًا على هذا الخادم:',
  preview: 'الأداة',
  inCorner: 'الزر في زاوية هذه النافذة.',
}

const LANGUAGES: Record<string, EmbedWords> = { en, de, ar }

/** In the language of the other words. */
export function embedWords({ locale }: Words): EmbedWords {
  return LANGUAGES[locale.split('-')[0]?.toLowerCase() ?? ''] ?? en
}
