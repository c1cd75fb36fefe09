/** A stretch of UTF-16 units, end exclusive; within this folder, until what is found is handed out in code points. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A quotation in UTF-16 units; `parts` stand between the marks, one for each paragraph that it runs over. */
export interface QuotedStretch {
  readonly parts: Stretch[];
  readonly mark: "double" | "single" | "guillemet";
  within: QuotedStretch | null;
}

interface Open {
  readonly quotation: QuotedStretch;
  from: number;
}

type Turn = { readonly mark: QuotedStretch["mark"]; readonly turn: "open" | "close"; readonly width?: 2 } | null;

/**
 * Quotations in double marks (straight and curly), single marks and guillemets, nested ones too. One that is open at
 * the end of a paragraph runs on where the next begins with its opening mark, as printers do it; else the mark is taken
 * for a stray one and nothing is quoted. Linear in the text.
 */
export function findQuotations(text: string, paragraphs: readonly Stretch[]): QuotedStretch[] {
  const found: QuotedStretch[] = [];
  let running: QuotedStretch | null = null;
  for (const [index, paragraph] of paragraphs.entries()) {
    const scan = scanParagraph(text, paragraph, running);
    for (const quotation of scan.closed) found.push(quotation);
    const next = paragraphs[index + 1];
    running = scan.open !== null && next !== undefined && runsOn(text, next, scan.open) ? scan.open.quotation : null;
    if (running !== null && scan.open !== null) running.parts.push(trimmed(text, scan.open.from, paragraph.to));
  }
  const kept = new Set(found.filter(({ parts }) => parts.some(({ from, to }) => to > from)));
  for (const quotation of kept) {
    // What stands within a stray mark stands in what that mark stands in.
    while (quotation.within !== null && !kept.has(quotation.within)) quotation.within = quotation.within.within;
  }
  return [...kept].sort((a, b) => start(a) - start(b) || end(b) - end(a));
}

function start({ parts }: QuotedStretch): number {
  return (parts[0] as Stretch).from;
}

function end({ parts }: QuotedStretch): number {
  return (parts.at(-1) as Stretch).to;
}

function scanParagraph(text: string, { from, to }: Stretch, running: QuotedStretch | null) {
  const closed: QuotedStretch[] = [];
  const stack: Open[] = [];
  let at = from;
  if (running !== null) {
    while (isSpace(text[at])) at++;
    stack.push({ quotation: running, from: at + 1 });
    at++;
  }
  for (; at < to; at++) {
    const turn = turnAt(text, at, { from, to }, stack);
    if (turn === null) continue;
    const place = stack.findLastIndex(({ quotation }) => quotation.mark === turn.mark);
    if (turn.turn === "open") {
      // The same mark opened twice: the first was a stray one.
      if (place >= 0) stack.length = place;
      const within = stack.at(-1)?.quotation ?? null;
      stack.push({ quotation: { parts: [], mark: turn.mark, within }, from: at + (turn.width ?? 1) });
    } else if (place >= 0) {
      const { quotation, from: begins } = stack[place] as Open;
      stack.length = place;
      quotation.parts.push({ from: begins, to: at });
      closed.push(quotation);
    }
    at += (turn.width ?? 1) - 1;
  }
  return { closed, open: stack[0] ?? null };
}

function turnAt(text: string, at: number, paragraph: Stretch, stack: readonly Open[]): Turn {
  const character = text[at] as string;
  if (character === "“" || character === "„") return { mark: "double", turn: "open" };
  if (character === "”") return { mark: "double", turn: "close" };
  if (character === "«") return { mark: "guillemet", turn: "open" };
  if (character === "»") return { mark: "guillemet", turn: "close" };
  const before = at > paragraph.from ? text[at - 1] : undefined;
  const after = at + 1 < paragraph.to ? text[at + 1] : undefined;
  if (character === '"') {
    if (stack.some(({ quotation }) => quotation.mark === "double")) return { mark: "double", turn: "close" };
    // 6" is a measure.
    return isSpace(after) || isWordCharacter(before) ? null : { mark: "double", turn: "open" };
  }
  if (character === "'" && after === "'") {
    // Two apostrophes, as wire services type a double mark.
    const open = stack.some(({ quotation }) => quotation.mark === "double");
    if (open) return { mark: "double", turn: "close", width: 2 };
    return isSpace(text[at + 2]) || isWordCharacter(before) ? null : { mark: "double", turn: "open", width: 2 };
  }
  if (character !== "'" && character !== "‘" && character !== "’") return null;
  if (
    character !== "’" &&
    !isWordCharacter(before) &&
    /[\p{L}"“]/u.test(after ?? " ") &&
    !/[.,!?]/.test(before ?? "")
  ) {
    return { mark: "single", turn: "open" };
  }
  if (character !== "‘" && !isSpace(before) && !isWordCharacter(after)) return { mark: "single", turn: "close" };
  return null;
}

/** How wide the mark is that ends before, or begins at, a place: two apostrophes are one mark. */
export function markWidth(text: string, first: number): 1 | 2 {
  return text[first] === "'" && text[first + 1] === "'" ? 2 : 1;
}

function runsOn(text: string, paragraph: Stretch, open: Open): boolean {
  let at = paragraph.from;
  while (at < paragraph.to && isSpace(text[at])) at++;
  const marks = { double: '"“„', single: "'‘", guillemet: "«»" }[open.quotation.mark];
  return at < paragraph.to && marks.includes(text[at] as string);
}

function trimmed(text: string, from: number, to: number): Stretch {
  let last = to;
  while (last > from && isSpace(text[last - 1])) last--;
  return { from, to: last };
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
