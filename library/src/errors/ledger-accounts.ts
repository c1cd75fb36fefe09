import { SpoorError } from "./base.ts";

/** A ledger of coins was asked for as one of accounts, or the other way round. */
export class LedgerKindError extends SpoorError {
  constructor({ name, kind, asked }: { name: string; kind: string; asked: string }) {
    super({
      code: "ledger/kind",
      what: `The ledger ${name} is one of ${kind}s, it was asked for as one of ${asked}s`,
      remedy: `Open it as a ledger of ${kind}s, or name another.`,
      data: { name, kind, asked },
    });
  }
}

/** More transfers than may be loaded at once. */
export class TooManyTransfersError extends SpoorError {
  constructor({ name, transfers, transfersMax }: { name: string; transfers: number; transfersMax: number }) {
    super({
      code: "ledger/too-many-transfers",
      kind: "limit",
      what: `The ledger ${name} has ${transfers} transfers, ${transfersMax} may be loaded at once`,
      remedy: "Allow more (17 bytes of memory a transfer, 60 for amounts above 2^53), or ingest a smaller range.",
      data: { name, transfers, transfersMax },
    });
  }
}

/** A telling or a fact that no account ledger can hold; nothing of what was given with it was taken. */
export class TellingRefusedError extends SpoorError {
  constructor({ ledger, of, why }: { ledger: string; of: string; why: string }) {
    super({
      code: "ledger/telling-refused",
      what: `The ledger ${ledger} cannot hold a telling of ${JSON.stringify(of.slice(0, 120))}: ${why.slice(0, 200)}`,
      remedy: "Mend the source, or leave this out.",
      data: { ledger, of: of.slice(0, 120), why: why.slice(0, 200) },
    });
  }
}

/** More of something than the ledger's numbers reach. */
export class AccountLedgerFullError extends SpoorError {
  constructor({ ledger, what, max }: { ledger: string; what: string; max: number }) {
    super({
      code: "ledger/accounts-full",
      kind: "limit",
      what: `The ledger ${ledger} holds as many ${what} as it can, ${max}`,
      remedy: "Ingest the rest into a ledger of another name.",
      data: { ledger, what, max },
    });
  }
}
