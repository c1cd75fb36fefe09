import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type ErrorParts, SpoorError } from "../errors/base.ts";
import { type TracesTold, traceBytesOf } from "../ethereum/read-traces.ts";
import type { AccountLedgerWriter } from "../ledger/account-ledger-writer.ts";
import type { PackedTellings } from "../ledger/telling-packer.ts";

/** What the thread is given. */
export interface TracesTask {
  readonly files: readonly string[];
  readonly network: string;
  /** Its name. */
  readonly ledger: string;
}

/** What the thread says. It is told when what it packed is stored. */
export type TracesMessage =
  | { readonly kind: "packed"; readonly packed: PackedTellings }
  | { readonly kind: "told"; readonly told: TracesTold };

/** A thread takes 0.1 to 0.3 s to begin, in which another reads 50 MB. */
const traceBytesMinDefault = 64_000_000;

/**
 * Traces of files, read and packed in a thread of their own while this one reads the rest. What comes of both does not
 * depend on which is first: their transfers are of different layers, and all that traces tell has a height and a
 * position.
 */
export class TracesThread {
  readonly #worker: Worker;
  #store: ReturnType<AccountLedgerWriter["laneForPacked"]> | null = null;
  #packed: PackedTellings | null = null;
  #told: TracesTold | null = null;
  #failure: { readonly error: unknown } | null = null;
  #wake: () => void = () => {};

  private constructor(task: TracesTask, signal: AbortSignal | undefined) {
    // Node runs the sources as they are; a compiled library has its worker beside it likewise.
    const file = import.meta.url.endsWith(".ts") ? "./traces-worker.ts" : "./traces-worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: task });
    this.#worker.on("message", (message: TracesMessage) => {
      if (message.kind === "packed") this.#packed = message.packed;
      else this.#told = message.told;
      this.#wake();
    });
    this.#worker.on("error", (error) => this.#fail(ownErrorOf(error)));
    const onAbort = () => this.#fail(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    this.#worker.on("exit", () => {
      signal?.removeEventListener("abort", onAbort);
      if (this.#told === null) this.#fail(new RangeError("the thread that reads traces ended before it had read them"));
    });
  }

  /** What comes first counts. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /**
   * Null where it would not be worth its beginning.
   * @param options.traceBytesMin of files that begin with traces
   * @throws EthereumFileError where a path does not exist
   */
  static async start(
    task: TracesTask,
    options: { readonly traceBytesMin?: number | undefined; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<TracesThread | null> {
    if (availableParallelism() < 2) return null;
    const isWorthIt = (await traceBytesOf(task.files)) >= (options.traceBytesMin ?? traceBytesMinDefault);
    return isWorthIt ? new TracesThread(task, options.signal) : null;
  }

  /** Where what it packs goes. Until that is told, it waits with it. */
  storeIn(writer: AccountLedgerWriter): void {
    this.#store = writer.laneForPacked();
    this.#wake();
  }

  /** Sends what is packed, if anything is, on its way into the store. @throws what the thread failed at */
  async storeReady(): Promise<void> {
    if (this.#failure !== null) throw this.#failure.error;
    const packed = this.#packed;
    if (packed === null || this.#store === null) return;
    this.#packed = null;
    await this.#store(packed, () => this.#worker.postMessage("stored"));
  }

  /** Stores all that is left and tells what else there was. @throws what the thread failed at */
  async finish(): Promise<TracesTold> {
    for (;;) {
      await this.storeReady();
      if (this.#told !== null) return this.#told;
      const hasWork = this.#packed !== null && this.#store !== null;
      if (!hasWork && this.#failure === null) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** An error of ours loses its class between threads, and nothing else. */
function ownErrorOf(error: unknown): unknown {
  const isOurs = error instanceof Error && "code" in error && "what" in error && "remedy" in error;
  return isOurs ? new SpoorError(error as unknown as ErrorParts) : error;
}
