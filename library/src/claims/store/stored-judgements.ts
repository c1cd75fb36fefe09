import { ClaimsStoreUnreadableError, JudgementUnknownError } from "../../errors/claims.ts";
import type { Judgement } from "../judgement.ts";
import type { StoreFile } from "./store-file.ts";

interface JudgementRow {
  readonly kind: string;
  readonly what: string;
  readonly detail: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

export function insertJudgement(file: StoreFile, judgement: Judgement): void {
  const { kind, what, detail } = partsOf(judgement);
  const { by, at, reason } = judgement;
  file.transaction("write", () =>
    file.run(
      "INSERT INTO judgements (kind, what, detail, by, at, reason) VALUES (?, ?, ?, ?, ?, ?)",
      kind,
      what,
      JSON.stringify(detail),
      by,
      at,
      reason,
    ),
  );
}

function partsOf(judgement: Judgement) {
  switch (judgement.kind) {
    case "confirm":
    case "reject":
      return { kind: judgement.kind, what: judgement.of, detail: {} };
    case "merge":
      return { kind: judgement.kind, what: judgement.claim, detail: { into: judgement.into } };
    case "part":
      return { kind: judgement.kind, what: judgement.claim, detail: { from: judgement.from } };
    case "grade": {
      const { kind, claim, act, reliability, credibility } = judgement;
      return { kind, what: claim, detail: { act, reliability, credibility } };
    }
  }
}

function detailOf(json: string, path: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch (error) {
    throw new ClaimsStoreUnreadableError({ file: path, why: "it is damaged (judgements)" }, error);
  }
}

/** In the order in which they were made, up to a time. */
export function selectJudgements(file: StoreFile, knownAt: string | null): Judgement[] {
  return file
    .all<JudgementRow>("SELECT * FROM judgements WHERE at <= ? ORDER BY position", knownAt ?? "9999")
    .map(({ kind, what, detail, by, at, reason }) => {
      const made = { by, at, reason };
      const more = detailOf(detail, file.path);
      if (kind === "confirm" || kind === "reject") return { kind, of: what, ...made };
      if (kind === "merge" || kind === "part" || kind === "grade")
        return { kind, claim: what, ...more, ...made } as Judgement;
      throw new JudgementUnknownError({ file: file.path, kind });
    });
}
