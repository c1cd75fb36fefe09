import { SpoorError } from "spoor/errors";

/** A command that takes a ledger or files was given neither, or both where it takes one. */
export class NoLedgerNamedError extends SpoorError {
  constructor(given: "neither" | "both") {
    super({
      code: "cli/no-ledger-named",
      what:
        given === "neither" ? "No ledger is named, and no files are given" : "A ledger is named, and files are given",
      remedy:
        given === "neither"
          ? "Name a ledger with --ledger, or give bank files with --files."
          : "Give --ledger or --files, not both.",
    });
  }
}
