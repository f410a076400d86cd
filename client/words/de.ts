import type { Words } from './en.ts'
import { formatsOf, isolated } from './formats.ts'

export function de(locale: string): Words {
  const { number, and, or, language, date } = formatsOf(locale)
  const quoted = (text: string) => `„${isolated(text)}“`
  const count = (n: number, one: string, many: string) => `${number(n)} ${n === 1 ? one : many}`
  const documentsOf = (n: number, complete: boolean) => {
    if (!complete) return `die mehr als ${number(n)} Dokumente hier`
    return n === 1 ? 'das eine Dokument hier' : `die ${number(n)} Dokumente hier`
  }
  const found = (passages: number, sources: number) => `${count(passages, 'Stelle', 'Stellen')} aus ${count(sources, 'Quelle', 'Quellen')}`
  return {
    locale,
    dir: 'ltr',
    date,
    number,
    comma: ', ',

    name: 'On Record',
    tagline: (documents, complete) =>
      documents === null
        ? 'Fragen Sie die Dokumente. Die Antwort ist ein Zitat: die genauen Worte, wer sie gesagt hat, wann und wo.'
        : `Fragen Sie ${documentsOf(documents, complete)}. Die Antwort ist ein Zitat: die genauen Worte, wer sie gesagt hat, wann und wo.`,
    promise: 'Jedes Zitat besteht aus den eigenen Worten der Quelle, Zeichen für Zeichen.',
    skip: 'Zum Fragefeld springen',

    question: 'Ihre Frage',
    placeholder: 'Weiterfragen',
    hint: { before: 'Mit', key: '/', after: 'zum Fragefeld' },
    ask: 'Fragen',
    stop: 'Anhalten',
    tooLong: (length, most) => `${number(length)} Zeichen; eine Frage hat höchstens ${number(most)}.`,
    suggestions: 'Zum Beispiel',

    filters: 'Filter',
    from: 'Von',
    until: 'Bis',
    speaker: 'Wer',
    outlet: 'Medium',
    any: 'Alle',
    dateForms: 'Ein Jahr, Monat oder Tag: 2025, 2025-06, 2025-06-30',
    noDate: 'Kein solches Datum.',
    untilBeforeFrom: '„Bis“ liegt vor „Von“.',
    filterFrom: (date) => `Von ${date}`,
    filterUntil: (date) => `Bis ${date}`,
    filterSpeaker: (speaker) => `Wer: ${isolated(speaker)}`,
    filterOutlet: (outlet) => `Medium: ${isolated(outlet)}`,
    filterSource: (title) => `Quelle: ${isolated(title)}`,
    filterSet: (filter) => `Filter gesetzt. ${filter}`,
    filterRemoved: (filter) => `Filter entfernt. ${filter}`,
    removeFilter: (filter) => `Filter entfernen. ${filter}`,
    askedWith: 'Gefragt mit Filtern',

    save: 'Sichern',
    saveConversation: 'Sichern: das Gespräch als Markdown',
    saved: (file) => `Gesichert als ${file}`,
    clear: 'Leeren',
    clearConversation: 'Leeren: das Gespräch',
    cleared: 'Das Gespräch ist geleert.',
    notKept: 'Dieser Browser behält das Gespräch nicht: Es fehlt Platz, oder er erlaubt es nicht.',
    copyQuestion: 'Link zur Frage kopieren',
    sharedNoQuestion: 'Der Link enthält keine Frage, die sich stellen lässt.',
    sharedIgnored: (names) => `Im Link nicht verstanden und weggelassen: ${and(names)}.`,

    searching: 'Die Dokumente werden durchsucht',
    understood: (question) => `Verstanden als ${quoted(question)}`,
    found,
    partly: (passages, sources, missing) => {
      const partly = `Teilweise belegt: ${found(passages, sources)}`
      if (missing.length === 0) return partly
      const words = or(missing.map(quoted))
      return `${partly}; ${passages === 1 ? `sie erwähnt ${words} nicht` : `keine erwähnt ${words}`}`
    },
    notOnRecord: (documents, complete) =>
      documents === null
        ? 'Nicht belegt: Die Dokumente hier sagen es nicht.'
        : `Nicht belegt: ${documentsOf(documents, complete)} ${documents === 1 && complete ? 'sagt' : 'sagen'} es nicht.`,
    foundNothing: (missing) => `Nichts gefunden zu ${or(missing.map(quoted))}.`,
    notOnRecordWithin: 'Nicht belegt innerhalb dieser Filter.',
    nearest: (n) => (n === 1 ? 'Die nächstliegende Stelle' : `Die ${number(n)} nächstliegenden Stellen`),
    more: (n) => count(n, 'weitere Stelle', 'weitere Stellen'),
    writtenBy: 'Von einem Sprachmodell geschrieben',
    proseNote:
      'Von einem Sprachmodell aus den Zitaten unten geschrieben. Zahlen, Namen und wörtliche Zitate darin wurden mit ihnen verglichen, der Sinn nicht.',
    toQuote: (n) => `Zitat ${number(n)}`,
    degraded: 'Der neueste Index ist beschädigt. Diese Antwort kommt aus dem vorigen.',

    context: 'Im Zusammenhang',
    openInSource: 'In der Quelle öffnen',
    copyCitation: 'Zitat kopieren',
    copyAs: 'In anderer Form kopieren',
    copyForms: { markdown: 'Markdown', html: 'HTML', csl: 'CSL-JSON' },
    copyLink: 'Link kopieren',
    copied: 'Kopiert',
    notCopied: 'Nicht kopiert',
    verify: 'Prüfen',
    verified: 'Geprüft: Das sind die gespeicherten Worte.',
    notVerified: (reason) => `Nicht bestätigt. ${isolated(reason)}`,
    notChecked: (why) => `Ließ sich nicht prüfen: ${why}`,
    alsoIn: 'Auch in',
    anotherSource: 'einer anderen Quelle',
    speech: { direct: 'eigene Worte', indirect: 'indirekte Rede', mixed: 'teils eigene Worte' },
    said: 'gesagt am',
    fileDate: 'Dateidatum',
    page: (n) => `S.\u00a0${number(n)}`,
    time: (clock) => `bei\u00a0${clock}`,
    line: (n) => `Zeile\u00a0${number(n)}`,

    figuresDiffer: (values) => `Abweichende Zahlen: ${and(values.map(isolated))}`,
    sideBySide: (about) => `Nebeneinander: ${isolated(about)}`,
    overTime: 'Wann es gesagt wurde',
    mark: (speaker, day, beginning) => `${isolated(speaker)}, ${day}: ${quoted(beginning)}`,

    askAgain: 'Noch einmal fragen',
    tryAgain: 'Noch einmal versuchen',
    inSeconds: (label, seconds) => `${label} in ${number(seconds)} s`,
    stopped: 'Angehalten.',
    cut: 'Die Antwort brach ab, bevor sie vollständig war.',
    cutShown: 'Was davon ankam, steht oben.',
    offline: 'Keine Antwort vom Server. Er läuft vielleicht nicht mehr, oder dieses Gerät ist offline.',
    limited: 'Zu viele Fragen auf einmal.',
    full: 'Der Server ist ausgelastet.',
    problem: 'Das hat nicht geklappt.',

    noIndex: 'Es gibt noch keinen Index',
    notReady: 'Noch nicht bereit',
    checkAgain: 'Noch einmal prüfen',
    unreachable: 'Der Server antwortet nicht',
    unreachableDetail: 'Starten Sie ihn neu, oder prüfen Sie die Verbindung dieses Geräts.',

    record: 'Die Dokumente',
    documents: (n, complete) => (complete ? count(n, 'Dokument', 'Dokumente') : `Mehr als ${number(n)} Dokumente`),
    showAll: (n) => `Alle ${number(n)} zeigen`,
    notListed: (n) => `und ${number(n)} weitere`,
    findDocument: 'Ein Dokument finden',
    noDocument: 'Kein Dokument hat diese Worte im Titel oder Medium.',
    onlyThis: 'Nur dieses fragen',
    onlyThisTitle: (title) => `Nur dieses fragen: ${isolated(title)}`,
    byYear: 'Nach Jahr',
    byOutlet: 'Nach Medium',
    tally: (name, n) => `${isolated(name)} (${number(n)})`,
    otherLanguages: (n, languages) =>
      `${count(n, 'Dokument ist', 'Dokumente sind')} nicht auf Englisch (${and(languages.map(language))}). Wie gut die Antworten sind, ist nur für Englisch gemessen.`,
    sourcesFailed: 'Die Liste der Dokumente ließ sich nicht laden.',

    askRecord: 'Die Dokumente fragen',
    notAvailable: 'Hier nicht verfügbar.',

    source: 'Quelle',
    sourceLoading: 'Die Quelle wird geöffnet',
    sourceFailed: 'Die Quelle ließ sich nicht öffnen.',
    sourceGone: 'Diese Quelle gibt es hier nicht mehr: Die Dokumente wurden seither neu indexiert.',
    quotesOnly: 'Dieser Server zeigt Zitate in ihrer Textstelle, keine ganzen Quellen.',
    quotesOnlyAsk: 'Stellen Sie eine Frage, dann sehen Sie die Textstellen, die sie beantworten.',
    original: 'Original',
    close: 'Schließen',
    toQuestions: 'Eine Frage stellen',
    previous: 'Voriges Zitat',
    next: 'Nächstes Zitat',
    step: (n, of) => `Zitat ${number(n)} von ${number(of)}`,
    sourceChanged:
      'Die Quelle hat sich seit dieser Antwort geändert: An dieser Stelle stehen jetzt andere Worte, darum ist nichts markiert. Fragen Sie noch einmal, um sie neu zu zitieren.',
    outOfText: 'Der Link zeigt hinter das Ende dieser Quelle, darum ist nichts markiert. Die Quelle hat sich vielleicht geändert.',

    feedback: {
      question: 'Hat das geholfen?',
      yes: 'Ja',
      no: 'Nein',
      why: 'Was stimmt nicht?',
      unsaid: 'Keine Angabe',
      reasons: {
        'wrong-quote': 'Die Zitate beantworten die Frage nicht',
        incomplete: 'Es fehlt etwas',
        'should-be-on-record': 'In den Dokumenten steht es',
        'should-not-be-on-record': 'In den Dokumenten steht es nicht',
        'out-of-date': 'Es ist veraltet',
      },
      inOwnWords: 'Oder in eigenen Worten',
      send: 'Senden',
      thanks: 'Danke. Es ist vermerkt, mit der Frage und den Zitaten.',
      failed: 'Es konnte nicht vermerkt werden. Versuchen Sie es später noch einmal.',
    },

    docs: {
      title: 'HTTP-Schnittstelle',
      intro: 'Was Programme diesen Server fragen können und was er antwortet.',
      contents: 'Inhalt',
      parameters: 'Parameter',
      body: 'Was gesendet wird',
      replies: 'Was zurückkommt',
      optional: 'freiwillig',
      example: 'Beispiel',
      command: 'In einer Shell',
      copy: 'Kopieren',
      objects: 'Objekte',
      problems: 'Fehler',
      problemsIntro: 'Was nicht gelingt, kommt als problem+json zurück (RFC 9457); sein Typ bleibt derselbe.',
    },

    embed: {
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
    },
  }
}
