/**
 * Characters that a reader cannot see, or that change how others are seen: controls, format characters (bidirectional
 * overrides, zero-width joiners, tag characters), everything that Unicode lets a renderer ignore (variation selectors,
 * fillers), line and paragraph separators, lone surrogates, private-use characters, and the blank braille pattern.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Longer stacks of combining marks grow out of their line and cover the text around them. */
const marksMax = 4;
const tallStack = new RegExp(`(\\p{M}{${marksMax}})(\\p{M}+)`, "gu");

function nameOf(character: string): string {
  return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

function show(character: string): string {
  const code = character.codePointAt(0)!;
  // The block "Control Pictures" has a symbol for each C0 control and for DEL.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? "\u2421" : nameOf(character);
}

/**
 * Text from outside (labels, tags, names of ledgers and files) as it may be printed, on a terminal and on a page: what
 * cannot be seen or changes the direction of what is around it is shown by its name, such as `␛` or `⟨U+202E⟩`.
 * The result is one line, and giving it in again changes nothing. It is not yet escaped for HTML.
 *
 * Source: Unicode Technical Report 36 (security considerations); CVE-2021-42574 ("Trojan Source").
 */
export function visibleText(text: string): string {
  return text
    .replace(unseen, show)
    .replace(tallStack, (_, kept: string, more: string) => kept + Array.from(more, nameOf).join(""));
}

/** Whether {@link visibleText} would change the text. */
export function hasUnseen(text: string): boolean {
  return visibleText(text) !== text;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element's content or a quoted attribute of HTML or SVG: visible, and without markup. */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/gu, (character) => entities[character]!);
}

/** At most `max` characters (code points); what is left out in the middle is shown as `…`. */
export function shorten(text: string, max: number): string {
  const characters = Array.from(text);
  if (characters.length <= max) return text;
  const tail = Math.floor((max - 1) / 3);
  return `${characters.slice(0, max - 1 - tail).join("")}…${characters.slice(characters.length - tail).join("")}`;
}

const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/u;

/**
 * One argument as a POSIX shell takes it. An argument with unseen characters is written in the shell's `$'…'` form
 * (POSIX.1-2024, bash, zsh), so that the command can be both read and run.
 */
export function shellWord(argument: string): string {
  if (plainWord.test(argument)) return argument;
  if (!hasUnseen(argument)) return `'${argument.replaceAll("'", "'\\''")}'`;
  const encoded = Array.from(argument, (character) => {
    if (character === "'" || character === "\\") return `\\${character}`;
    if (!hasUnseen(character)) return character;
    return Array.from(Buffer.from(character, "utf8"), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  });
  return `$'${encoded.join("")}'`;
}
