import { SpoorError } from "./base.ts";

export class SeedAmountError extends SpoorError {
  constructor(data: { output: number; amount: bigint; value: bigint }) {
    super({
      code: "trace/seed-amount",
      what:
        data.amount <= 0n
          ? `A seed of ${data.amount} units traces nothing`
          : `A seed of ${data.amount} units is larger than its coin of ${data.value}`,
      where: `output ${data.output}`,
      remedy: "Give the seed an amount between 1 and the coin's value, or none to seed the whole coin.",
      data,
    });
  }
}

export class SeedValueUnknownError extends SpoorError {
  constructor(data: { output: number; rule: string }) {
    super({
      code: "trace/seed-value-unknown",
      what: `The value of a seed's coin is not known, so ${data.rule} has nothing to divide`,
      where: `output ${data.output}`,
      remedy: "Add the transaction that made the coin to the ledger, or trace by poison alone.",
      data,
    });
  }
}

export class SeedUnknownError extends SpoorError {
  constructor(data: { output: number; outputCount: number; label: number; labelCount: number }) {
    super({
      code: "trace/seed-unknown",
      what:
        data.label < data.labelCount
          ? `The ledger has no output ${data.output}: it has ${data.outputCount}`
          : `A seed has label ${data.label}, but only ${data.labelCount} are named`,
      where: `output ${data.output}`,
      remedy: "Seed coins that the ledger holds, with labels that the request names.",
      data,
    });
  }
}

export class SeedOfNobodyError extends SpoorError {
  constructor(data: { field: string; transfer: number; direction: "forward" | "backward" }) {
    const isForward = data.direction === "forward";
    super({
      code: "trace/seed-of-nobody",
      what: isForward
        ? `Transfer ${data.transfer} is burnt, so that nobody holds what is seeded there, and no link begins with it`
        : `Transfer ${data.transfer} makes what is seeded there, so that nobody paid it, and no link leads to it`,
      where: data.field,
      remedy: isForward
        ? "Name the link that says what was given for it, or seed the transfer that brought the value to who burnt it."
        : "Name the link that says what it was made for; without one, the value is from nowhere else.",
      data,
    });
  }
}

export class TraceRequestError extends SpoorError {
  constructor(data: { field: string; why: string }) {
    super({
      code: "trace/request",
      what: `The request to trace is not usable: ${data.why}`,
      where: data.field,
      remedy: "Mend that field and ask again.",
      data,
    });
  }
}

export class BackwardRuleError extends SpoorError {
  constructor(data: { rule: string; why: string }) {
    super({
      code: "trace/backward-rule",
      what: `The rule ${data.rule} cannot run backward: ${data.why}`,
      remedy: "Trace backward by fifo, lifo, haircut or poison.",
      data,
    });
  }
}

export class RuleRefusedError extends SpoorError {
  constructor(data: { rule: string; why: string }) {
    super({
      code: "trace/rule-refused",
      what: `The rule ${data.rule} cannot be used here: ${data.why}`,
      remedy: "Leave it out and trace by the other rules.",
      data,
    });
  }
}

export class AccountColumnsError extends SpoorError {
  constructor(data: { part: number; transfer: number | null; why: string }) {
    super({
      code: "trace/account-columns",
      what: `The columns of an account ledger contradict themselves: ${data.why}`,
      where: `part ${data.part}${data.transfer === null ? "" : `, transfer ${data.transfer} in the ledger's order`}`,
      remedy: "Load the ledger again from its source; where that gives the same, report it with the transfer.",
      data,
    });
  }
}

export class CoinColumnsError extends SpoorError {
  constructor(data: { transaction: number; why: string }) {
    super({
      code: "trace/columns",
      what: `The ledger's columns contradict themselves: ${data.why}`,
      where: `transaction ${data.transaction} in the ledger's order`,
      remedy: "Load the ledger again from its source; where that gives the same, report it with the transaction.",
      data,
    });
  }
}

export class LedgerTooLongError extends SpoorError {
  constructor(data: { ids: number; idsMax: number }) {
    super({
      code: "trace/ledger-too-long",
      kind: "limit",
      what: `The ledger needs ${data.ids} ids for its coins and fees, and the kernels have ${data.idsMax}`,
      remedy: "Trace without following fees, which takes an id for each transaction besides, or load fewer blocks.",
      data,
    });
  }
}

export class SubsidyError extends SpoorError {
  constructor(data: { height: number; subsidy: number; why: string }) {
    super({
      code: "trace/subsidy",
      what: `A subsidy of ${data.subsidy} cannot be that of the block: ${data.why}`,
      where: `height ${data.height}`,
      remedy: "Give the network's own subsidy schedule, or trace without following fees.",
      data,
    });
  }
}

export class ConservationError extends SpoorError {
  constructor(data: { rule: string; label: string; seeded: bigint; ended: bigint }) {
    super({
      code: "trace/conservation",
      kind: "fault",
      what: `${data.rule} seeded ${data.seeded} units of "${data.label}" but accounts for ${data.ended}`,
      remedy: "This is a fault of the engine: please report it with the request.",
      data,
    });
  }
}

export class AccountLotsError extends SpoorError {
  constructor(data: { lotsMax: number }) {
    super({
      code: "trace/account-lots",
      kind: "limit",
      what: `More than ${data.lotsMax} stretches of units are told apart in the ledger's holdings`,
      remedy: "Trace by haircut, which tells no units apart, or set a stop height or stops that end the trail earlier.",
      data,
    });
  }
}
