"""The PDFs of test/documents/ that Python's programs make, and what is expected of every PDF there.

    python3 -m venv VENV && VENV/bin/pip install reportlab weasyprint typst fpdf2 pypdf
    VENV/bin/python bench/documents/pdfs.py

Run it after bench/documents/pdfs.ts, and `npm run fix` after it. The page of a paragraph is where pypdf, which shares no code with pdf.js, finds its first words.
"""
import html
import json
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent.parent / "test" / "documents"
FONTS = "/usr/share/fonts/truetype/dejavu"
CONTENTS = json.loads((HERE / "contents.json").read_text())
NOTE = re.compile(r"\{\{(.*?)\}\}")


def reportlab(name, content):
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph

    chinese = name.startswith("chinese")
    font, bold = ("Times-Roman", "Times-Bold")
    if chinese:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        font = bold = "STSong-Light"
    two = name.startswith("journal")
    width, height = (420, 595) if content.get("chapters") else (595, 842)
    chapter = [""]

    def around(canvas, document):
        canvas.setFont(font, 9)
        if content.get("header"):
            canvas.drawString(60, height - 40, content["header"])
        if content.get("chapters"):
            canvas.drawRightString(width - 60, height - 40, chapter[0])
        if content.get("footer"):
            canvas.drawCentredString(width / 2, 35, f"{content['footer']} {document.page}")
        elif content.get("header"):
            canvas.drawRightString(width - 60, height - 40, str(document.page + 210))

    class Document(BaseDocTemplate):
        def afterFlowable(self, flowable):
            if content.get("chapters") and getattr(getattr(flowable, "style", None), "name", "") == "h1":
                chapter[0] = flowable.getPlainText()

    frames = [Frame(60, 60, width - 120, height - 130, 0, 0, 0, 0)]
    if two:
        frames = [Frame(60 + i * 245, 60, 230, height - 130, 0, 0, 0, 0) for i in range(2)]
    document = Document(str(OUT / f"{name}.pdf"), pagesize=(width, height), title=content["title"], invariant=True)
    document.addPageTemplates([PageTemplate("first", frames, onPageEnd=around)])
    body = ParagraphStyle("p", fontName=font, fontSize=11, leading=15, spaceAfter=0 if two else 7, firstLineIndent=12 if two else 0,
                          alignment=TA_JUSTIFY if two else 0, wordWrap="CJK" if chinese else None)
    heading = {1: ParagraphStyle("h1", fontName=bold, fontSize=16, leading=20, spaceAfter=10),
               2: ParagraphStyle("h2", fontName=bold, fontSize=12, leading=15, spaceBefore=8, spaceAfter=4)}
    story = []
    for block in content["blocks"]:
        level = {"h1": 1, "h2": 2}.get(block["kind"])
        if level == 1 and content.get("chapters") and story:
            story.append(PageBreak())
        story.append(Paragraph(html.escape(block["text"]), heading[level] if level else body))
    document.build(story)


def weasyprint(name, content):
    from weasyprint import HTML

    two = name.startswith("hafen")
    head = content.get("header", "")
    style = f"""
      @page {{ size: A5; margin: 20mm 15mm; @top-center {{ content: "{head}"; font-size: 8pt }} @bottom-right {{ content: "{content.get('footer', '–')} " counter(page); font-size: 8pt }}
        @footnote {{ border-top: .5pt solid; padding-top: 4pt }} }}
      body {{ font: 9.5pt/1.35 "DejaVu Serif"; text-align: justify; hyphens: {'auto' if two else 'manual'} }}
      main {{ {'columns: 2; column-gap: 6mm' if two else ''} }}
      p {{ margin: 0; text-indent: 1.2em }} h1 + p, h2 + p, h1 + main > p:first-child {{ text-indent: 0 }} h1 {{ font-size: 15pt; text-align: left; hyphens: manual }}
      .note {{ float: footnote; font-size: 7.5pt; text-indent: 0 }}"""
    body = []
    for block in content["blocks"]:
        text = NOTE.sub(lambda m: f'<span class="note">{html.escape(m[1])}</span>', block["text"])
        body.append(f"<{block['kind']}>{text}</{block['kind']}>")
    page = f"<html lang={content['lang']}><title>{content['title']}</title><style>{style}</style>{body[0]}<main>{''.join(body[1:])}</main>"
    HTML(string=page).write_pdf(OUT / f"{name}.pdf", uncompressed_pdf=False)


def typst(name, content):
    import typst as compiler

    def escaped(text):
        return re.sub(r"([#*_`$<>@\[\]\\~/=+-])", r"\\\1", text)

    source = f"""#set document(title: "{content['title']}")
#set page(paper: "a4", columns: 2, margin: 2.2cm, header: align(center, text(8pt)[{escaped(content['header'])}]), numbering: "1 / 1")
#set text(font: "Libertinus Serif", size: 10pt, lang: "{content['lang']}", hyphenate: true)
#set par(justify: true, first-line-indent: 1.2em)
#set super(typographic: false)
#set smartquote(enabled: false)
#show heading.where(level: 2): set text(12pt)
"""
    for block in content["blocks"]:
        text = "".join(f"#footnote[{escaped(part)}]" if i % 2 else escaped(part) for i, part in enumerate(NOTE.split(block["text"])))
        if block["kind"] == "h1":
            source += f"#place(top + center, float: true, scope: \"parent\", text(18pt, weight: \"bold\")[{text}])\n\n"
        else:
            source += ("== " if block["kind"] == "h2" else "") + text + "\n\n"
    (OUT / f"{name}.pdf").write_bytes(compiler.compile(source.encode()))


def fpdf2(name, content):
    from fpdf import FPDF

    class Document(FPDF):
        def header(self):
            self.set_font("DejaVu", size=8)
            self.cell(0, 8, content["header"], align="R", new_x="LMARGIN", new_y="NEXT")

        def footer(self):
            self.set_y(-15)
            self.set_font("DejaVu", size=8)
            self.cell(0, 10, f"{content['footer']} {self.page_no()} of {{nb}}", align="C")

    document = Document(format="A5")
    document.set_title(content["title"])
    document.add_font("DejaVu", fname=f"{FONTS}/DejaVuSans.ttf")
    document.add_font("DejaVu", "B", f"{FONTS}/DejaVuSans-Bold.ttf")
    document.add_page()
    rows = []

    def flush():
        if not rows:
            return
        document.set_font("DejaVu", size=8)
        with document.table(text_align="LEFT", padding=2) as table:
            for cells in rows:
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        document.ln(4)
        rows.clear()

    for block in content["blocks"]:
        if block["kind"] == "row":
            rows.append(block["cells"])
            continue
        flush()
        document.set_font("DejaVu", "B" if block["kind"] == "h1" else "", 15 if block["kind"] == "h1" else 9)
        document.multi_cell(0, 5, block["text"], align="L", new_x="LMARGIN", new_y="NEXT")
        document.ln(3)
    flush()
    document.output(OUT / f"{name}.pdf")


PRODUCERS = {"reportlab": reportlab, "weasyprint": weasyprint, "typst": typst, "fpdf2": fpdf2}
# How a program writes the number of a note at the foot of the page.
NOTES = {"weasyprint": "{}. {}", "typst": "{} {}"}


def folded(text):
    # ICU and fonts leave ligatures, soft hyphens and white space to chance.
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", unicodedata.normalize("NFKC", text)).lower()


def expectation(name, content):
    from pypdf import PdfReader

    producer = name.split(".")[1]
    pages = [folded(page.extract_text()) for page in PdfReader(OUT / f"{name}.pdf").pages]
    paragraphs, notes = [], []
    reached = 1
    for block in content["blocks"]:
        if block["kind"] == "columns":
            continue
        number = len(notes)

        def note(match):
            notes.append({"text": match[1], "number": len(notes) + 1, "at": len(paragraphs)})
            return "⁰¹²³⁴⁵⁶⁷⁸⁹"[len(notes)]

        texts = [" | ".join(block["cells"])] if block["kind"] == "row" else [block["text"]]
        if block["kind"] == "lines":
            texts = block["text"]
        for text in texts:
            plain = NOTE.sub(note, text)
            words = folded(plain.split(" | ")[0])
            start = words[:24]
            found = [i + 1 for i, page in enumerate(pages) if start in page]
            page = next((i for i in found if i >= reached), None)
            if content.get("lang") == "ar":
                page = 1 if len(pages) == 1 else None
            reached = page or reached
            # Chromium draws the bullets of a list as pictures.
            shown = "• " + plain if block["kind"] == "li" and producer != "chromium" else plain
            paragraphs.append({"text": shown, "page": page, "runs": bool(page and words.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹") not in pages[page - 1])})
        for written in notes[number:]:
            written["page"] = reached
    # Notes stand after the text of their page: before the paragraph that runs on to the next.
    for written in reversed(notes):
        at = max((i for i, p in enumerate(paragraphs) if p["page"] == written["page"]), default=written["at"])
        text = NOTES[producer].format("⁰¹²³⁴⁵⁶⁷⁸⁹"[written["number"]] if producer == "typst" else written["number"], written["text"])
        paragraphs.insert(at if paragraphs[at]["runs"] else at + 1, {"text": text, "page": written["page"], "runs": False})
    absent = [content["header"]] if content.get("header") and content["header"] != content["title"] else []
    absent += [f"{content['footer']} {i + 1}" for i in range(len(pages)) if len(pages) > 1] if content.get("footer") else []
    expected = {"producer": producer, "paragraphs": [{"text": p["text"], "page": p["page"]} for p in paragraphs], "absent": absent}
    (OUT / f"{name}.pdf.json").write_text(json.dumps(expected, ensure_ascii=False, indent=2) + "\n")


for name, content in CONTENTS.items():
    producer = name.split(".")[1]
    if producer in PRODUCERS:
        PRODUCERS[producer](name, content)
    if (OUT / f"{name}.pdf").exists():
        expectation(name, content)
        print(name, (OUT / f"{name}.pdf").stat().st_size)
