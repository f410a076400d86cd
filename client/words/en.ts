import { formatsOf, isolated } from './formats.ts'

/** Every visible string, in one place. Plain and short; figures and names come in already isolated for the bidi algorithm. */
export function en(locale: string) {
  const { number, and, or, language, date } = formatsOf(locale)
  const quoted = (text: string) => `“${isolated(text)}”`
  const count = (n: number, one: string, many: string) => `${number(n)} ${n === 1 ? one : many}`
  const documentsOf = (n: number, complete: boolean) => {
    if (!complete) return `the more than ${number(n)} documents here`
    return n === 1 ? 'the one document here' : `the ${number(n)} documents here`
  }
  const found = (passages: number, sources: number) => `${count(passages, 'passage', 'passages')} from ${count(sources, 'source', 'sources')}`
  return {
    locale,
    /** The direction that the language is written in. */
    dir: 'ltr' as 'ltr' | 'rtl',
    date,
    number,
    /** Between the parts of a line. */
    comma: ', ',

    name: 'On Record',
    tagline: (documents: number | null, complete: boolean) =>
      documents === null
        ? 'Ask the documents. The answer is a quotation: the exact words, who said them, when, and where.'
        : `Ask ${documentsOf(documents, complete)}. The answer is a quotation: the exact words, who said them, when, and where.`,
    promise: 'Every quote is the source’s own words, character for character.',
    skip: 'Skip to the question box',

    question: 'Your question',
    placeholder: 'Ask a follow-up',
    hint: { before: 'Press', key: '/', after: 'to ask' },
    ask: 'Ask',
    stop: 'Stop',
    tooLong: (length: number, most: number) => `${number(length)} characters; a question has at most ${number(most)}.`,
    suggestions: 'For example',

    filters: 'Filters',
    from: 'From',
    until: 'Until',
    speaker: 'Speaker',
    outlet: 'Outlet',
    any: 'Any',
    dateForms: 'A year, a month or a day: 2025, 2025-06, 2025-06-30',
    noDate: 'No such date.',
    untilBeforeFrom: '“Until” lies before “From”.',
    filterFrom: (date: string) => `From ${date}`,
    filterUntil: (date: string) => `Until ${date}`,
    filterSpeaker: (speaker: string) => `Speaker: ${isolated(speaker)}`,
    filterOutlet: (outlet: string) => `Outlet: ${isolated(outlet)}`,
    filterSource: (title: string) => `Source: ${isolated(title)}`,
    filterSet: (filter: string) => `Filter set. ${filter}`,
    filterRemoved: (filter: string) => `Filter removed. ${filter}`,
    removeFilter: (filter: string) => `Remove filter. ${filter}`,
    askedWith: 'Asked with filters',

    save: 'Save',
    saveConversation: 'Save the conversation as Markdown',
    saved: (file: string) => `Saved as ${file}`,
    clear: 'Clear',
    clearConversation: 'Clear the conversation',
    cleared: 'The conversation is cleared.',
    notKept: 'This browser does not keep the conversation: it has no room, or does not allow it.',
    copyQuestion: 'Copy a link to the question',
    sharedNoQuestion: 'The link holds no question that can be asked.',
    sharedIgnored: (names: string[]) => `Not understood in the link, and left out: ${and(names)}.`,

    searching: 'Searching the record',
    understood: (question: string) => `Understood as ${quoted(question)}`,
    found,
    partly: (passages: number, sources: number, missing: string[]) => {
      const partly = `Partly on record: ${found(passages, sources)}`
      if (missing.length === 0) return partly
      return `${partly}; ${passages === 1 ? 'it does not mention' : 'none mentions'} ${or(missing.map(quoted))}`
    },
    notOnRecord: (documents: number | null, complete: boolean) =>
      documents === null
        ? 'Not on record: the documents here don’t say.'
        : `Not on record: ${documentsOf(documents, complete)} ${documents === 1 && complete ? 'doesn’t' : 'don’t'} say.`,
    foundNothing: (missing: string[]) => `Nothing was found for ${or(missing.map(quoted))}.`,
    notOnRecordWithin: 'Not on record within these filters.',
    nearest: (n: number) => (n === 1 ? 'The nearest passage' : `The ${number(n)} nearest passages`),
    more: (n: number) => count(n, 'more passage', 'more passages'),
    writtenBy: 'Written by a language model',
    proseNote: 'Written by a language model from the quotes below. Its numbers, names and quotations were checked against them; what it means was not.',
    toQuote: (n: number) => `Quote ${number(n)}`,
    degraded: 'The newest index is damaged. This answer comes from the one before it.',

    context: 'In context',
    openInSource: 'Open in source',
    copyCitation: 'Copy citation',
    copyAs: 'Copy in another form',
    copyForms: { markdown: 'Markdown', html: 'HTML', csl: 'CSL-JSON' },
    copyLink: 'Copy link',
    copied: 'Copied',
    notCopied: 'Could not copy',
    verify: 'Verify',
    verified: 'Verified: these are the stored words.',
    notVerified: (reason: string) => `Not verified. ${isolated(reason)}`,
    notChecked: (why: string) => `Could not be verified: ${why}`,
    alsoIn: 'Also in',
    anotherSource: 'another source',
    speech: { direct: 'own words', indirect: 'reported speech', mixed: 'partly own words' },
    said: 'said',
    fileDate: 'file date',
    page: (n: number) => `p.\u00a0${number(n)}`,
    time: (clock: string) => `at\u00a0${clock}`,
    line: (n: number) => `line\u00a0${number(n)}`,

    figuresDiffer: (values: string[]) => `Figures differ: ${and(values.map(isolated))}`,
    sideBySide: (about: string) => `Side by side: ${isolated(about)}`,
    overTime: 'When it was said',
    mark: (speaker: string, day: string, beginning: string) => `${isolated(speaker)}, ${day}: ${quoted(beginning)}`,

    askAgain: 'Ask again',
    tryAgain: 'Try again',
    inSeconds: (label: string, seconds: number) => `${label} in ${number(seconds)} s`,
    stopped: 'Stopped.',
    cut: 'The answer broke off before it was whole.',
    cutShown: 'What arrived of it is shown above.',
    offline: 'No answer from the server. It may have stopped, or this device may be offline.',
    limited: 'Too many questions at once.',
    full: 'The server is busy.',
    problem: 'That did not work.',

    noIndex: 'There is no index yet',
    notReady: 'Not ready yet',
    checkAgain: 'Check again',
    unreachable: 'The server does not answer',
    unreachableDetail: 'Start it again, or check this device’s connection.',

    record: 'The record',
    documents: (n: number, complete: boolean) => (complete ? count(n, 'document', 'documents') : `More than ${number(n)} documents`),
    showAll: (n: number) => `Show all ${number(n)}`,
    notListed: (n: number) => `and ${number(n)} more`,
    findDocument: 'Find a document',
    noDocument: 'No document has these words in its title or outlet.',
    onlyThis: 'Ask only this one',
    onlyThisTitle: (title: string) => `Ask only this one: ${isolated(title)}`,
    byYear: 'By year',
    byOutlet: 'By outlet',
    tally: (name: string, n: number) => `${isolated(name)} (${number(n)})`,
    otherLanguages: (n: number, languages: string[]) =>
      `${count(n, 'document is', 'documents are')} not in English (${and(languages.map(language))}). How good the answers are is measured for English only.`,
    sourcesFailed: 'The list of documents could not be loaded.',

    askRecord: 'Ask the record',
    notAvailable: 'Not available here.',

    source: 'Source',
    sourceLoading: 'Opening the source',
    sourceFailed: 'The source could not be opened.',
    sourceGone: 'This source is no longer in the record: the documents have been indexed again since.',
    quotesOnly: 'This server shows quotes in their passages, not whole sources.',
    quotesOnlyAsk: 'Ask a question to see the passages that answer it.',
    original: 'Original',
    close: 'Close',
    toQuestions: 'Ask a question',
    previous: 'Previous quote',
    next: 'Next quote',
    step: (n: number, of: number) => `Quote ${number(n)} of ${number(of)}`,
    sourceChanged: 'The source has changed since this answer was given: its words now differ at this place, so none are marked. Ask again to cite it anew.',
    outOfText: 'The link points past the end of this source, so no words are marked. The source may have changed.',

    /** Below an answer, where the server keeps what it is told. */
    feedback: {
      question: 'Did this help?',
      yes: 'Yes',
      no: 'No',
      why: 'What is wrong?',
      unsaid: 'Not said',
      reasons: {
        'wrong-quote': 'The quotes do not answer it',
        incomplete: 'Something is missing',
        'should-be-on-record': 'The documents do say',
        'should-not-be-on-record': 'The documents do not say',
        'out-of-date': 'It is out of date',
      },
      inOwnWords: 'Or in your own words',
      send: 'Send',
      thanks: 'Thank you. It is noted, with the question and the quotes.',
      failed: 'It could not be noted. Try again later.',
    },

    /** The page that describes the HTTP interface; the description itself is in English. */
    docs: {
      title: 'HTTP interface',
      intro: 'What programs can ask this server, and what it says.',
      contents: 'Contents',
      parameters: 'Parameters',
      body: 'What is sent',
      replies: 'What comes back',
      optional: 'optional',
      example: 'Example',
      command: 'In a shell',
      copy: 'Copy',
      objects: 'Objects',
      problems: 'Problems',
      problemsIntro: 'What goes wrong comes back as problem+json (RFC 9457); its type stays the same.',
    },

    /** The page that shows the widget. */
    embed: {
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
    },
  }
}

export type Words = ReturnType<typeof en>
