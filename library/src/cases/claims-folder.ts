import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { join } from "node:path";
import type { DocumentAnalysis } from "../claims/analyse-document.ts";
import type { Judgement } from "../claims/judgement.ts";
import { ClaimsStore, claimsFileName } from "../claims/store/claims-store.ts";
import type { StoredDocument } from "../claims/store/stored-documents.ts";
import type { TimeAxes } from "../claims/store/time-axes.ts";
import { type JudgedClaims, weighJudged } from "../claims/weigh-judged.ts";
import { FolderNotWritableError } from "../errors/ledger.ts";
import { makeFolder } from "../ledger/make-folder.ts";

/** How far along something that takes long is. */
export interface ClaimsProgress {
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
}

/** What is asked of the claims of a data folder. */
export interface ClaimsQuestion {
  readonly data: string;
  readonly axes: TimeAxes;
  readonly onProgress?: ((progress: ClaimsProgress) => void) | undefined;
}

/** The documents of a data folder, as of a day and as known at a time, each read by itself. */
export interface DocumentsRead {
  readonly axes: TimeAxes;
  readonly documents: readonly StoredDocument[];
  /** Left out, because it cannot be told whether they were published by the day asked for. */
  readonly undated: readonly StoredDocument[];
  /** Of the documents, in their order. */
  readonly analyses: readonly DocumentAnalysis[];
  readonly judgements: readonly Judgement[];
}

/** The same, weighed with what was judged. */
export interface ClaimsThen extends DocumentsRead, JudgedClaims {}

/** Opens the claims of a data folder, which is made where it is not there, and closes them whatever happened. */
export async function withClaimsStore<Result>(
  data: string,
  work: (store: ClaimsStore) => Promise<Result>,
): Promise<Result> {
  try {
    await makeFolder(data);
    await access(data, constants.W_OK);
  } catch (cause) {
    throw new FolderNotWritableError({ folder: data, why: (cause as Error).message, cause });
  }
  return closing(ClaimsStore.open(data), work);
}

/** Opens the claims of a data folder to read them; null where there are none, and then nothing is left behind. */
export async function withClaimsRead<Result>(
  data: string,
  work: (store: ClaimsStore) => Promise<Result>,
): Promise<Result | null> {
  if (!existsSync(join(data, claimsFileName))) return null;
  return closing(ClaimsStore.open(data), work);
}

async function closing<Result>(store: ClaimsStore, work: (store: ClaimsStore) => Promise<Result>): Promise<Result> {
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/** The documents of a data folder and what was judged of them, in the order in which they were taken in. */
export async function documentsThen({ data, axes, onProgress = () => {} }: ClaimsQuestion): Promise<DocumentsRead> {
  const found = await withClaimsRead(data, async (store) => {
    const { documents, undated } = await store.documents(axes);
    const total = documents.length;
    const analyses = store.analyses(
      documents.map(({ document }) => document),
      (done) => onProgress({ what: "reading documents:", done, total }),
    );
    return { documents, undated, analyses, judgements: store.judgements(axes) };
  });
  return { axes, ...(found ?? nothing) };
}

const nothing = { documents: [], undated: [], analyses: [], judgements: [] };

/** What is claimed in the documents of a data folder. A folder without documents has none. */
export async function claimsThen(question: ClaimsQuestion): Promise<ClaimsThen> {
  const read = await documentsThen(question);
  return { ...read, ...weighJudged(read.analyses, read.judgements) };
}
