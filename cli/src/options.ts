import { homedir } from "node:os";
import { join } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseAsOf, parseKnownAt, type TimeAxes } from "spoor/claims/store/time-axes";

/** An option that the environment variable of the same name (`--rpc-cookie`: SPOOR_RPC_COOKIE) gives too. */
export function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  const name = `SPOOR_${(made.long ?? "").replace(/^--/u, "").replaceAll("-", "_").toUpperCase()}`;
  // A flag is on where its variable is set at all; people write SPOOR_FOLLOW_FEES=0 and mean off.
  if (made.isBoolean() && /^(?:|0|false|no|off)$/iu.test(process.env[name] ?? "")) delete process.env[name];
  return made.env(name);
}

/** Where ledgers and claims are kept unless `--data` says otherwise: the platform's folder for data of programs. */
export function dataFolderDefault(): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "spoor");
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "spoor");
}

export const dataOption = () =>
  option("--data <folder>", "where ledgers and claims are kept").default(dataFolderDefault());
export const ledgerOption = () => option("--ledger <name>", "the ledger's name").makeOptionMandatory();
export const jsonOption = () => new Option("--json", "print one JSON document instead of text");

export interface ReadOptions {
  data: string;
  json?: boolean;
  asOf?: string;
  knownAt?: string;
}

/** The options of what reads a data folder's documents, as they were known at a time. */
export const reading = (command: Command): Command =>
  command
    .addOption(option("--as-of <date>", "only what was published on or before this day, month or year"))
    .addOption(option("--known-at <time>", "only what was taken in and judged at or before this time"))
    .addOption(dataOption())
    .addOption(jsonOption());

/** @throws TimeAxisError */
export const axesOf = ({ asOf, knownAt }: ReadOptions): TimeAxes => ({
  asOf: asOf === undefined ? null : parseAsOf(asOf),
  knownAt: knownAt === undefined ? null : parseKnownAt(knownAt),
});

/** Reads a whole number within bounds, for an option. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };
}

/** Reads a share from 0 to 1, for an option. */
export function share(text: string): number {
  const value = /^\d(?:\.\d{1,6})?$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("It must be a number from 0 to 1.");
  return value;
}

/** For an option that may be given several times: collects what each gives. */
export function gather<Value>(parse: (text: string) => Value): (text: string, before: unknown) => Value[] {
  return (text, before) => [...(Array.isArray(before) ? before : []), parse(text)];
}
