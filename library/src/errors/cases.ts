import { SpoorError } from "./base.ts";

export class SeedSyntaxError extends SpoorError {
  constructor(data: { text: string; why: string }, cause?: unknown) {
    super({
      code: "cases/seed-syntax",
      what: `"${data.text}" is not a seed: ${data.why}`,
      remedy:
        "Write TXID:VOUT, TXID, TRANSACTION:N or an account; then =AMOUNT for its first units, then @LABEL to name it.",
      data,
      cause,
    });
  }
}

export class StopSyntaxError extends SpoorError {
  constructor(data: { text: string; why: string }) {
    super({
      code: "cases/stop-syntax",
      what: `"${data.text}" is not a stop: ${data.why}`,
      remedy: "Write address:ADDRESS, tags:FILE or height:N.",
      data,
    });
  }
}

export class BudgetSyntaxError extends SpoorError {
  constructor(data: { text: string; why: string }, cause?: unknown) {
    super({
      code: "cases/budget-syntax",
      what: `"${data.text}" is not a budget: ${data.why}`,
      remedy: "Write movements=N, hops=N and min=AMOUNT, with commas between them.",
      data,
      cause,
    });
  }
}

export class SeedNotFoundError extends SpoorError {
  constructor(data: { seed: string; ledger: string; why: string; partial: boolean; kind: "coin" | "account" }) {
    const ofCoins = data.partial
      ? "This ledger is partial: ingest the transaction that made the coin, or check the id."
      : "Check the id, or ingest newer blocks.";
    super({
      code: "cases/seed-not-found",
      what: `Nothing can be traced from the seed ${data.seed} in the ledger ${data.ledger}: ${data.why}`,
      remedy:
        data.kind === "coin"
          ? ofCoins
          : "Write a payment, a transaction or an account as 'spoor show' lists it; --asset leaves others out.",
      data,
    });
  }
}

export class SeedAmountError extends SpoorError {
  constructor(data: { seed: string; ledger: string; value: bigint; asked: bigint }) {
    super({
      code: "cases/seed-amount",
      what: `The seed ${data.seed} asks for ${data.asked} of ${data.value} units`,
      where: `ledger ${data.ledger}`,
      remedy: "Ask for no more than the seed holds, or leave =AMOUNT away to take all of it.",
      data,
    });
  }
}

export class NoSuchLedgerThingError extends SpoorError {
  constructor(data: { text: string; ledger: string; network: string; kind: "coin" | "account" }, cause?: unknown) {
    const ofCoins = data.kind === "coin";
    const things = ofCoins ? "transaction, coin, block or address" : "payment, transaction, transfer or account";
    super({
      code: "cases/not-found",
      what: `The ledger ${data.ledger} (${data.network}) holds no ${things} ${data.text}`,
      remedy: ofCoins
        ? "Give a txid, TXID:VOUT, a block's height or hash, or an address of that network."
        : "Give a payment's key or reference, a hash, TRANSACTION:N as 'spoor show ACCOUNT' lists it, or an account.",
      data,
      cause,
    });
  }
}

export class FileUnreadableError extends SpoorError {
  constructor(data: { file: string; why: string }, cause?: unknown) {
    super({
      code: "cases/file-unreadable",
      what: `A file cannot be read: ${data.why}`,
      where: data.file,
      remedy: "Check the path and the permissions.",
      data,
      cause,
    });
  }
}

export class NothingReadError extends SpoorError {
  constructor(data: { files: string; why: string; setAside: number }) {
    const more = data.setAside > 1 ? `, and ${data.setAside - 1} more` : "";
    super({
      code: "cases/nothing-read",
      what: `Nothing could be read (${data.why}${more})`,
      where: data.files,
      remedy: "docs/sources says which files can be read.",
      data,
    });
  }
}

export class LedgerTooLargeError extends SpoorError {
  constructor(data: { ledger: string; outputs: number; bytes: number; memoryBytes: number }) {
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
    super({
      code: "cases/ledger-too-large",
      kind: "limit",
      what: `The trail needs all ${data.outputs} coins of ${data.ledger} in memory, about ${gigabytes(data.bytes)}`,
      where: `this machine has ${gigabytes(data.memoryBytes)}`,
      remedy: "Add stops at services, so that the trail reaches less, or trace on a machine with more memory.",
      data,
    });
  }
}

export class LinkFileError extends SpoorError {
  constructor(data: { file: string; row: number | null; why: string }, cause?: unknown) {
    super({
      code: "cases/link-file",
      what: `The file of links cannot be read: ${data.why}`,
      where: data.row === null ? data.file : `${data.file}, row ${data.row}`,
      remedy:
        "Write CSV with the columns from, to, kind, basis, confidence, source; from and to as LEDGER/TRANSACTION[:N].",
      data,
      cause,
    });
  }
}

export class LinkNotFoundError extends SpoorError {
  /** @param data.isNew it was not kept yet */
  constructor(data: { link: string; side: string; why: string; isNew?: boolean }) {
    const otherwise = data.isNew === true ? "nothing was kept" : "or take the link out with 'spoor link remove'";
    super({
      code: "cases/link-not-found",
      what: `The link ${data.link} names a movement that is not there: ${data.why}`,
      where: data.side,
      remedy: `Check the ids with 'spoor show'${data.isNew === true ? "; " : ", "}${otherwise}.`,
      data,
    });
  }
}

export class SeedAssetError extends SpoorError {
  constructor(data: { seed: string; assets: readonly string[] }) {
    super({
      code: "cases/seed-asset",
      what: `The seed ${data.seed} gives an amount, and it holds several assets: ${data.assets.slice(0, 5).join(", ")}`,
      remedy: "Give --asset with the one that was stolen.",
      data: { seed: data.seed, assets: data.assets.length },
    });
  }
}

/** Nobody holds what a seed names, and no link says what stands for it. */
export class SeedBurntError extends SpoorError {
  constructor(data: {
    seed: string;
    amount: string;
    /** Who burnt it; backward, whom it was made for. */
    account: string;
    direction: "forward" | "backward";
    /** A link to or from it, and why it is not followed. */
    rival: string | null;
  }) {
    const { seed, amount, account, rival } = data;
    const isForward = data.direction === "forward";
    const what = isForward ? `${amount} that ${account} burnt` : `${amount} that were made for ${account}`;
    const fact = isForward ? "nobody holds them any more" : "nobody paid them";
    const link = isForward
      ? `spoor link add ${seed} LEDGER/TRANSACTION:N`
      : `spoor link add LEDGER/TRANSACTION:N ${seed}`;
    const declare = `declare what ${isForward ? "was given for it" : "it was made for"} ('${link} …')`;
    const otherwise = isForward ? `, or seed what ${account} had before` : "";
    const missing = isForward ? "no link that is followed begins with it" : "no link that is followed leads to it";
    super({
      code: "cases/seed-burnt",
      what: `The seed ${seed} is ${what}: ${fact}, and ${rival === null ? missing : `the link ${rival}`}`,
      remedy:
        rival === null
          ? `To go on, ${declare} and name both ledgers${otherwise}.`
          : `Mend that link, or ask for less with --link-confidence${otherwise}.`,
      data,
    });
  }
}

export class SeedAmbiguousError extends SpoorError {
  constructor(data: { seed: string; ledgers: readonly string[] }) {
    super({
      code: "cases/seed-ambiguous",
      what: `The seed ${data.seed} stands in several of the ledgers: ${data.ledgers.join(", ")}`,
      remedy: `Write which one before it: ${data.ledgers[0]}/${data.seed}.`,
      data: { seed: data.seed, ledgers: data.ledgers.join(",") },
    });
  }
}

export class ReferenceSharedError extends SpoorError {
  constructor(data: { seed: string; ledger: string; payments: readonly string[]; areAll: boolean }) {
    const { seed, ledger, payments, areAll } = data;
    const count = `${areAll ? "" : "more than "}${payments.length}`;
    super({
      code: "cases/reference-shared",
      what: `The seed ${seed} is a reference that ${count} payments of the ledger ${ledger} bear`,
      remedy: `Give the keys of those that are meant, as 'spoor show' lists them: ${payments.slice(0, 5).join(", ")}.`,
      data: { seed, ledger, payments: payments.length },
    });
  }
}

export class LedgerTwiceError extends SpoorError {
  constructor(data: { ledger: string }) {
    super({
      code: "cases/ledger-twice",
      what: `The ledger ${data.ledger} is named twice`,
      remedy: "Name each ledger once.",
      data,
    });
  }
}

export class RuleNeedsCoinsError extends SpoorError {
  constructor(data: { rule: string; ledger: string }) {
    super({
      code: "cases/rule-needs-coins",
      what: `The rule ${data.rule} has no meaning where value mixes in a balance`,
      where: `ledger ${data.ledger}`,
      remedy: "Leave it out, or trace a ledger of coins alone.",
      data,
    });
  }
}

export class NetworkUnknownError extends SpoorError {
  constructor(data: { network: string }) {
    super({
      code: "cases/network-unknown",
      what: `${JSON.stringify(data.network)} is no network`,
      remedy: "Write ethereum, or eip155:N with the chain's id.",
      data,
    });
  }
}

export class OtherReportError extends SpoorError {
  constructor(data: { ledger: string; ledgers: readonly string[] }) {
    super({
      code: "cases/other-report",
      what: `Another report is given in place of ${data.ledger}, which the trail does not run through`,
      remedy: `Write one of its ledgers before the =: ${data.ledgers.join(", ")}.`,
      data: { ledger: data.ledger },
    });
  }
}

export class LinkUnknownError extends SpoorError {
  constructor(data: { id: string; known: number }) {
    super({
      code: "cases/link-unknown",
      what: `The data folder keeps no link ${data.id}; it keeps ${data.known}`,
      remedy: "'spoor link list' shows their ids.",
      data,
    });
  }
}

export class TooManyRecordsError extends SpoorError {
  constructor(data: { ledger: string; recordsMax: number }) {
    super({
      code: "cases/too-many-records",
      kind: "limit",
      what: `The ledger ${data.ledger} holds over ${data.recordsMax} records, which are settled together`,
      remedy: "Divide them over several ledgers, by bank or by time, and trace through all of them.",
      data,
    });
  }
}

export class AssetScaleError extends SpoorError {
  constructor(data: { asset: string; decimals: string }) {
    super({
      code: "cases/asset-scale",
      what: `The ledgers count ${data.asset} in different smallest units (${data.decimals} decimal places)`,
      remedy: "Trace them one by one: amounts of one asset must be of one scale to be added up.",
      data,
    });
  }
}
