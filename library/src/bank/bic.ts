/**
 * Reads a BIC (ISO 9362): party prefix, country, party suffix, and a branch or not. `XXX` is the head office, so
 * `AAAAUS33XXX` and `AAAAUS33` are the same and both give `AAAAUS33`.
 *
 * @param text 8 or 11 characters; spaces around it and small letters are forgiven
 * @returns 8 characters, or 11 with a branch; null where it is no BIC
 */
export function parseBic(text: string): string | null {
  let bic = text;
  if (!bicPattern.test(bic)) {
    bic = text.length > 20 ? "" : text.trim().toUpperCase();
    if (!bicPattern.test(bic)) return null;
  }
  return bic.length === 11 && bic.endsWith("XXX") ? bic.slice(0, 8) : bic;
}

const bicPattern = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/u;

/**
 * The BIC in a logical terminal address, as the headers of a FIN message hold it: 8 characters, the terminal's letter,
 * the branch (`AAAAUS33AXXX`).
 */
export function bicOfTerminal(address: string): string | null {
  return address.length === 12 ? parseBic(address.slice(0, 8) + address.slice(9)) : null;
}
