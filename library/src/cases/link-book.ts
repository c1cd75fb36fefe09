import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FileUnreadableError, LinkUnknownError } from "../errors/cases.ts";
import { type DeclaredLink, linkColumns, readLinks, sideText } from "./declared-links.ts";
import { checkNewLinks } from "./link-sides.ts";
import { withFolder } from "./open-folder.ts";

/** Beside the ledgers, in a form that a person can read and carry to another folder. */
const bookName = "links.csv";

/** The links that a data folder keeps, in the order in which they were declared. */
export async function readLinkBook(data: string): Promise<DeclaredLink[]> {
  const file = join(data, bookName);
  return existsSync(file) ? readLinkFile(file) : [];
}

/** Links of a file of links. @throws FileUnreadableError, LinkFileError */
export async function readLinkFile(file: string): Promise<DeclaredLink[]> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
    return readLinks(new TextDecoder("utf-8", { fatal: true }).decode(bytes), file);
  } catch (cause) {
    if (!(cause instanceof TypeError) && !isSystemError(cause)) throw cause;
    throw new FileUnreadableError({ file, why: cause.message }, cause);
  }
}

const isSystemError = (cause: unknown): cause is NodeJS.ErrnoException => cause instanceof Error && "syscall" in cause;

/** The links of the data folder and of more files, each once. */
export async function linksFor(data: string, files: readonly string[]): Promise<DeclaredLink[]> {
  const all = [await readLinkBook(data), ...(await Promise.all(files.map(readLinkFile)))].flat();
  return [...new Map(all.map((link) => [link.id, link])).values()];
}

/**
 * Keeps links; one that is there already stays as it is. Returns how many are new.
 * @throws LinkNotFoundError where a ledger of the folder does not hold what one names: nothing was kept
 */
export async function keepLinks(data: string, links: readonly DeclaredLink[]): Promise<number> {
  return withFolder(data, async (folder) => {
    const book = await readLinkBook(data);
    const known = new Set(book.map(({ id }) => id));
    const added = links.filter(({ id }, at) => !known.has(id) && links.findIndex((link) => link.id === id) === at);
    await checkNewLinks(folder, added);
    if (added.length > 0) await writeBook(data, [...book, ...added]);
    return added.length;
  });
}

/** Takes links out of the book. @throws LinkUnknownError where one is not in it: nothing was changed */
export async function removeLinks(data: string, ids: readonly string[]): Promise<void> {
  await withFolder(data, async () => {
    const book = await readLinkBook(data);
    const unknown = ids.find((id) => !book.some((link) => link.id === id));
    if (unknown !== undefined) throw new LinkUnknownError({ id: unknown.slice(0, 40), known: book.length });
    await writeBook(
      data,
      book.filter(({ id }) => !ids.includes(id)),
    );
  });
}

/** The book is the old one or the new one, whatever happens meanwhile. */
async function writeBook(data: string, links: readonly DeclaredLink[]): Promise<void> {
  const rows = links.map(({ from, to, kind, basis, confidence, source }) => [
    sideText(from),
    sideText(to),
    kind,
    basis,
    String(confidence),
    source,
  ]);
  const file = join(data, bookName);
  const text = [linkColumns, ...rows].map((row) => row.map(field).join(",")).join("\n");
  await writeFile(`${file}.new`, `${text}\n`, { flush: true });
  await rename(`${file}.new`, file);
}

const field = (text: string): string => (/[",\n\r#]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
