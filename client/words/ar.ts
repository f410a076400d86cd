import type { Words } from './en.ts'
import { formatsOf, isolated } from './formats.ts'

export function ar(locale: string): Words {
  const { number, and, or, language, date, plural } = formatsOf(locale)
  const quoted = (text: string) => `«${isolated(text)}»`
  /** A noun with its number: one and two are words of their own, three to ten take the plural, the tens one singular, hundreds another. */
  const count = (n: number, one: string, two: string, few: string, many: string, other: string) => {
    const form = plural(n)
    if (form === 'one') return one
    if (form === 'two') return two
    return `${number(n)} ${form === 'few' ? few : form === 'many' ? many : other}`
  }
  const passagesOf = (n: number) => count(n, 'مقطع واحد', 'مقطعان', 'مقاطع', 'مقطعًا', 'مقطع')
  const sourcesOf = (n: number) => count(n, 'مصدر واحد', 'مصدرين', 'مصادر', 'مصدرًا', 'مصدر')
  const charactersOf = (n: number) => count(n, 'حرف واحد', 'حرفان', 'أحرف', 'حرفًا', 'حرف')
  const documentsOf = (n: number) => count(n, 'وثيقة واحدة', 'وثيقتان', 'وثائق', 'وثيقة', 'وثيقة')
  const here = (n: number, complete: boolean) => (complete ? `الوثائق الموجودة هنا (${number(n)})` : `الوثائق الموجودة هنا (أكثر من ${number(n)})`)
  const found = (passages: number, sources: number) => `${passagesOf(passages)} من ${sourcesOf(sources)}`
  return {
    locale,
    dir: 'rtl',
    date,
    number,
    comma: '، ',

    name: 'On Record',
    tagline: (documents, complete) =>
      `اسأل ${documents === null ? 'الوثائق' : here(documents, complete)}. الجواب اقتباس: الكلمات نفسها، ومن قالها، ومتى، وأين.`,
    promise: 'كل اقتباس هو كلمات المصدر نفسها، حرفًا بحرف.',
    skip: 'انتقل إلى خانة السؤال',

    question: 'سؤالك',
    placeholder: 'تابع السؤال',
    hint: { before: 'اضغط', key: '/', after: 'لتسأل' },
    ask: 'اسأل',
    stop: 'أوقف',
    tooLong: (length, most) => `${charactersOf(length)}؛ الحد الأقصى للسؤال ${number(most)}.`,
    suggestions: 'على سبيل المثال',

    filters: 'تصفية',
    from: 'من',
    until: 'إلى',
    speaker: 'المتحدث',
    outlet: 'الناشر',
    any: 'الكل',
    dateForms: 'سنة أو شهر أو يوم: \u20662025\u2069، \u20662025-06\u2069، \u20662025-06-30\u2069',
    noDate: 'لا يوجد تاريخ كهذا.',
    untilBeforeFrom: '«إلى» يسبق «من».',
    filterFrom: (date) => `من ${date}`,
    filterUntil: (date) => `إلى ${date}`,
    filterSpeaker: (speaker) => `المتحدث: ${isolated(speaker)}`,
    filterOutlet: (outlet) => `الناشر: ${isolated(outlet)}`,
    filterSource: (title) => `المصدر: ${isolated(title)}`,
    filterSet: (filter) => `ضُبطت التصفية. ${filter}`,
    filterRemoved: (filter) => `أُزيلت التصفية. ${filter}`,
    removeFilter: (filter) => `أزل التصفية. ${filter}`,
    askedWith: 'سُئل مع تصفية',

    save: 'احفظ',
    saveConversation: 'احفظ المحادثة بصيغة Markdown',
    saved: (file) => `حُفظت باسم ${isolated(file)}`,
    clear: 'امحُ',
    clearConversation: 'امحُ المحادثة',
    cleared: 'مُحيت المحادثة.',
    notKept: 'لا يحتفظ هذا المتصفح بالمحادثة: لا مساحة لديه، أو لا يسمح بذلك.',
    copyQuestion: 'انسخ رابطًا إلى السؤال',
    sharedNoQuestion: 'لا يحتوي الرابط على سؤال يمكن طرحه.',
    sharedIgnored: (names) => `لم يُفهم من الرابط فتُرك: ${and(names)}.`,

    searching: 'جارٍ البحث في الوثائق',
    understood: (question) => `فُهم السؤال هكذا: ${quoted(question)}`,
    found,
    partly: (passages, sources, missing) => {
      const partly = `موثّق جزئيًا: ${found(passages, sources)}`
      return missing.length === 0 ? partly : `${partly}؛ ولا ذكر فيها لـ ${or(missing.map(quoted))}`
    },
    notOnRecord: (documents, complete) => `غير موثّق: لا جواب في ${documents === null ? 'الوثائق الموجودة هنا' : here(documents, complete)}.`,
    foundNothing: (missing) => `لم يُعثر على شيء عن ${or(missing.map(quoted))}.`,
    notOnRecordWithin: 'غير موثّق ضمن هذه التصفية.',
    nearest: (n) => (n === 1 ? 'أقرب مقطع' : `أقرب المقاطع (${number(n)})`),
    more: (n) => `مقاطع أخرى (${number(n)})`,
    writtenBy: 'كتبه نموذج لغوي',
    proseNote: 'كتبه نموذج لغوي من الاقتباسات أدناه. قورنت بها أرقامه وأسماؤه واقتباساته، ولم يُتحقق من المعنى.',
    toQuote: (n) => `الاقتباس ${number(n)}`,
    degraded: 'الفهرس الأحدث تالف. هذا الجواب من الفهرس الذي قبله.',

    context: 'في سياقه',
    openInSource: 'افتح في المصدر',
    copyCitation: 'انسخ الاقتباس',
    copyAs: 'انسخ بصيغة أخرى',
    copyForms: { markdown: 'Markdown', html: 'HTML', csl: 'CSL-JSON' },
    copyLink: 'انسخ الرابط',
    copied: 'نُسخ',
    notCopied: 'تعذّر النسخ',
    verify: 'تحقّق',
    verified: 'تم التحقق: هذه هي الكلمات المحفوظة.',
    notVerified: (reason) => `لم يثبت. ${isolated(reason)}`,
    notChecked: (why) => `تعذّر التحقق: ${why}`,
    alsoIn: 'أيضًا في',
    anotherSource: 'مصدر آخر',
    speech: { direct: 'كلام مباشر', indirect: 'كلام منقول', mixed: 'بعضه مباشر' },
    said: 'قيل في',
    fileDate: 'تاريخ الملف',
    page: (n) => `ص\u00a0${number(n)}`,
    time: (clock) => `عند\u00a0${clock}`,
    line: (n) => `سطر\u00a0${number(n)}`,

    figuresDiffer: (values) => `الأرقام مختلفة: ${and(values.map(isolated))}`,
    sideBySide: (about) => `جنبًا إلى جنب: ${isolated(about)}`,
    overTime: 'متى قيل',
    mark: (speaker, day, beginning) => `${isolated(speaker)}، ${day}: ${quoted(beginning)}`,

    askAgain: 'اسأل مرة أخرى',
    tryAgain: 'حاول مرة أخرى',
    inSeconds: (label, seconds) => `${label} بعد ${number(seconds)} ث`,
    stopped: 'أُوقف.',
    cut: 'انقطع الجواب قبل أن يكتمل.',
    cutShown: 'ما وصل منه معروض أعلاه.',
    offline: 'لا جواب من الخادم. ربما توقف، أو أن هذا الجهاز غير متصل.',
    limited: 'أسئلة كثيرة دفعة واحدة.',
    full: 'الخادم مشغول.',
    problem: 'لم ينجح ذلك.',

    noIndex: 'لا يوجد فهرس بعد',
    notReady: 'ليس جاهزًا بعد',
    checkAgain: 'تحقق مرة أخرى',
    unreachable: 'الخادم لا يجيب',
    unreachableDetail: 'شغّله من جديد، أو تحقق من اتصال هذا الجهاز.',

    record: 'الوثائق',
    documents: (n, complete) => (complete ? documentsOf(n) : `أكثر من ${documentsOf(n)}`),
    showAll: (n) => `اعرض الكل (${number(n)})`,
    notListed: (n) => `و${number(n)} أخرى`,
    findDocument: 'ابحث عن وثيقة',
    noDocument: 'لا وثيقة فيها هذه الكلمات في العنوان أو الناشر.',
    onlyThis: 'اسأل هذه وحدها',
    onlyThisTitle: (title) => `اسأل هذه وحدها: ${isolated(title)}`,
    byYear: 'حسب السنة',
    byOutlet: 'حسب الناشر',
    tally: (name, n) => `${isolated(name)} (${number(n)})`,
    otherLanguages: (n, languages) =>
      `${documentsOf(n)} ${n === 2 ? 'ليستا' : 'ليست'} بالإنجليزية (${and(languages.map(language))}). جودة الأجوبة مقيسة للإنجليزية وحدها.`,
    sourcesFailed: 'تعذّر تحميل قائمة الوثائق.',

    askRecord: 'اسأل الوثائق',
    notAvailable: 'غير متاح هنا.',

    source: 'المصدر',
    sourceLoading: 'جارٍ فتح المصدر',
    sourceFailed: 'تعذّر فتح المصدر.',
    sourceGone: 'لم يعد هذا المصدر موجودًا هنا: فُهرست الوثائق من جديد منذ ذلك الحين.',
    quotesOnly: 'يعرض هذا الخادم الاقتباسات في فقراتها، لا المصادر كاملة.',
    quotesOnlyAsk: 'اطرح سؤالًا لترى الفقرات التي تجيب عنه.',
    original: 'الأصل',
    close: 'أغلق',
    toQuestions: 'اطرح سؤالًا',
    previous: 'الاقتباس السابق',
    next: 'الاقتباس التالي',
    step: (n, of) => `الاقتباس ${number(n)} من ${number(of)}`,
    sourceChanged: 'تغيّر المصدر منذ هذا الجواب: في هذا الموضع كلمات أخرى الآن، فلم يُعلَّم شيء. اسأل مرة أخرى للاقتباس منه من جديد.',
    outOfText: 'يشير الرابط إلى ما بعد نهاية هذا المصدر، فلم يُعلَّم شيء. ربما تغيّر المصدر.',

    feedback: {
      question: 'هل أفادك هذا؟',
      yes: 'نعم',
      no: 'لا',
      why: 'ما الخطأ؟',
      unsaid: 'لم يُذكر',
      reasons: {
        'wrong-quote': 'الاقتباسات لا تجيب عن السؤال',
        incomplete: 'هناك شيء ناقص',
        'should-be-on-record': 'الوثائق تذكر ذلك',
        'should-not-be-on-record': 'الوثائق لا تذكر ذلك',
        'out-of-date': 'لم يعد صالحًا',
      },
      inOwnWords: 'أو بكلماتك',
      send: 'أرسل',
      thanks: 'شكرًا. دُوِّن ذلك مع السؤال والاقتباسات.',
      failed: 'تعذّر تدوينه. حاول لاحقًا.',
    },

    docs: {
      title: 'واجهة HTTP',
      intro: 'ما تستطيع البرامج أن تسأله هذا الخادم، وما يجيب به.',
      contents: 'المحتويات',
      parameters: 'المعاملات',
      body: 'ما يُرسل',
      replies: 'ما يعود',
      optional: 'اختياري',
      example: 'مثال',
      command: 'في سطر الأوامر',
      copy: 'انسخ',
      objects: 'الكائنات',
      problems: 'المشكلات',
      problemsIntro: 'ما يفشل يعود بصيغة problem+json (RFC 9457)، ونوعه ثابت.',
    },

    embed: {
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
    },
  }
}
