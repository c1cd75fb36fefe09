import type { Original, References } from "./record.ts";

/** Of what bears no reference at all. */
export const noReferences: References = {
  messageId: null,
  instructionId: null,
  endToEndId: null,
  transactionId: null,
  uetr: null,
  clearingReference: null,
  related: null,
};

/** What stands in a reference field where there is no reference (ISO 20022 market practice, SWIFT MT 61). */
const placeholders = new Set(["NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF", "NONE", "N/A", "NA", "UNKNOWN"]);

/**
 * Begins and ends with a letter or digit of ASCII, and not as a placeholder does. Nearly all references are such, and
 * each is asked for many times.
 */
function isPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  // N and U, of either case.
  const mayBePlaceholder = (first & 0xdf) === 0x4e || (first & 0xdf) === 0x55;
  return !mayBePlaceholder && isAlphanumeric(first) && isAlphanumeric(text.charCodeAt(text.length - 1));
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** A reference by which something can be found; null where the field only fills its place. */
export function realReference(text: string | null): string | null {
  if (text === null) return null;
  if (isPlain(text)) return text;
  const trimmed = text.trim();
  return /[\p{L}\p{N}]/u.test(trimmed) && !placeholders.has(trimmed.toUpperCase()) ? trimmed : null;
}

/** A UETR in small letters (RFC 4122: letters compare without case). */
export function realUetr(text: string | null): string | null {
  return realReference(text)?.toLowerCase() ?? null;
}

const fewTexts = 16;

/** Nothing stands in any reference field. */
export function isUnnamed(references: References): boolean {
  const { messageId, instructionId, endToEndId, transactionId, uetr, clearingReference, related } = references;
  const ids = messageId === null && instructionId === null && endToEndId === null && transactionId === null;
  return ids && uetr === null && clearingReference === null && related === null;
}

/** All references but the UETR by which others may name this, each once. */
export function namesIn(references: References): string[] {
  const { messageId, instructionId, endToEndId, transactionId, clearingReference } = references;
  const isEmpty = !messageId && !instructionId && !endToEndId && !transactionId && !clearingReference;
  if (isEmpty) return [];
  return realOnes([transactionId, endToEndId, instructionId, messageId, clearingReference]);
}

/** All references but the UETR by which this names another. */
export function originalNames(original: Original): string[] {
  return realOnes([original.transactionId, original.endToEndId, original.instructionId, original.messageId]);
}

export function realOnes(texts: readonly (string | null)[]): string[] {
  // A set costs more than looking through a few, and less than looking through many.
  if (texts.length > fewTexts) return [...new Set(texts.map(realReference).filter((text) => text !== null))];
  const real: string[] = [];
  for (const text of texts) {
    const reference = realReference(text);
    if (reference !== null && !real.includes(reference)) real.push(reference);
  }
  return real;
}

/** Both give a reference of one kind, and not the same: they cannot be one. */
export function contradict(a: References, b: References): boolean {
  return (
    differ(realUetr(a.uetr), realUetr(b.uetr)) ||
    differ(realReference(a.endToEndId), realReference(b.endToEndId)) ||
    differ(realReference(a.transactionId), realReference(b.transactionId))
  );
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}
