import { AccountLedgerFullError } from "../errors/ledger-accounts.ts";
import { AccountBatch, type StagedRows } from "./account-batch.ts";
import type { OpeningFact, TransferTelling } from "./account-contract.ts";
import type { NumberKind } from "./account-state.ts";
import { layersMax, refuseBadTelling } from "./check-telling.ts";
import { type ColumnMemory, ownMemory, sharedMemory } from "./column-memory.ts";
import type { FactColumns } from "./fact-columns.ts";
import { HoldingCodes } from "./holding-codes.ts";

/**
 * Rows that a packer gave, on their way into a ledger: plain data, which can be sent from one thread to another. The
 * numbers in them are the packer's own, until the ledger's are put in their place (place-packed.ts).
 */
export interface PackedTellings {
  readonly tables: readonly StagedRows[];
  /** How many numbers of each kind they take. */
  readonly counts: Readonly<Record<NumberKind, number>>;
  /** By the packer's numbers: all that it has met. */
  readonly layers: readonly string[];
}

/** Two batches take about 20 MB, and the names in them; one is stored while the next is filled. */
const transfersAtOnceDefault = 100_000;

/** Makes columns of tellings and facts, batch by batch, in two batches by turns. It knows no store. */
export class TellingPacker {
  readonly #ledger: string;
  readonly #capacity: number;
  readonly #memory: ColumnMemory;
  #batch: AccountBatch;
  #spare: AccountBatch | null = null;
  #codes = new HoldingCodes();
  readonly #layers = new Map<string, number>();
  #lastLayer = "";
  #lastLayerCode = -1;

  /** @param options.ledger its name, for errors @param options.isShared whether other threads shall see the columns */
  constructor(options: { ledger: string; transfersAtOnce?: number | undefined; isShared?: boolean }) {
    this.#ledger = options.ledger;
    this.#capacity = options.transfersAtOnce ?? transfersAtOnceDefault;
    this.#memory = options.isShared === true ? sharedMemory : ownMemory;
    this.#batch = new AccountBatch(this.#capacity, this.#memory);
  }

  /** Nothing more goes in before it is taken. */
  get isFull(): boolean {
    return this.#batch.isFull;
  }

  get isEmpty(): boolean {
    return this.#batch.isEmpty;
  }

  /** Of the batch that is filled now. */
  get facts(): FactColumns {
    return this.#batch.facts;
  }

  /** To be called before they are pushed. @throws TellingRefusedError, AccountLedgerFullError */
  check(transfers: readonly TransferTelling[]): void {
    for (const telling of transfers) refuseBadTelling(this.#ledger, telling);
    let last = "";
    for (const { layer, returns } of transfers) {
      if (layer !== last) this.#takeLayer(layer);
      last = layer;
      if (returns !== null) this.#takeLayer(returns.layer);
    }
  }

  push(telling: TransferTelling): void {
    this.#batch.push(telling, this.#codes, this.#layerOf);
  }

  pushOpening(fact: OpeningFact): void {
    const { facts, holdings } = this.#batch;
    facts.pushOpening(fact, this.#codes.codeOf(fact.asset, fact.account, holdings));
  }

  /** All that was pushed, in place. What is pushed next goes into the other batch, which must be stored by now. */
  take(): PackedTellings & { readonly records: FactColumns["records"] } {
    const full = this.#batch;
    this.#batch = this.#spare ?? new AccountBatch(this.#capacity, this.#memory);
    this.#batch.restart(this.#codes.next);
    this.#spare = full;
    const { counts, facts } = full;
    return { tables: full.tables(), counts, layers: [...this.#layers.keys()], records: facts.records };
  }

  /** Begins anew, for another ledger or epoch. */
  restart(): void {
    this.#codes = new HoldingCodes();
    this.#batch.restart(this.#codes.next);
  }

  #takeLayer(layer: string): void {
    if (this.#layers.has(layer)) return;
    if (this.#layers.size === layersMax) {
      throw new AccountLedgerFullError({ ledger: this.#ledger, what: "layers", max: layersMax });
    }
    this.#layers.set(Buffer.from(layer).toString(), this.#layers.size);
  }

  readonly #layerOf = (layer: string): number => {
    if (layer !== this.#lastLayer) {
      this.#lastLayerCode = this.#layers.get(layer)!;
      this.#lastLayer = layer;
    }
    return this.#lastLayerCode;
  };
}
