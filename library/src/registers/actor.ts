import type { Stated } from "./stated.ts";

/** What a register says that one entry has to do with another; it is the register's word. */
export interface ActorRelation {
  /** As the register calls it: "similar", "part-of", "uses", "attributed-to". */
  readonly type: string;
  /** The other entry, by the id that the register gives it. */
  readonly entry: string;
}

/**
 * A group, or a person, as one entry of one register has it. Entries of different registers are never joined: that two
 * of them are about the same people is itself a statement, made by an alias.
 */
export interface Actor {
  /** The register's short name and its id for the entry: "attack:G0032", "misp:68391641-…". */
  readonly id: string;
  readonly register: string;
  readonly entry: string;
  readonly name: Stated<string>;
  /** Other names that the entry gives it; its own name is not repeated. */
  readonly aliases: readonly Stated<string>[];
  /** Groups that the entry says are a part of it ("Subgroup: …"). */
  readonly subgroups: readonly Stated<string>[];
  /** Entries that the register says it is a part of. */
  readonly memberships: readonly Stated<string>[];
  readonly relations: readonly Stated<ActorRelation>[];
  /** ISO 3166-1 alpha-2 of the state that the register puts it down to. */
  readonly countries: readonly Stated<string>[];
  readonly description: Stated<string> | null;
  readonly references: readonly string[];
  /** ISO 8601, as the entry says; null where it does not. */
  readonly created: string | null;
  readonly modified: string | null;
  /** True where the register itself has taken the entry back. */
  readonly withdrawn: boolean;
}

/** One imported file of a register. */
export interface RegisterFile {
  readonly file: string;
  readonly sha256: string;
  readonly register: string;
  readonly actors: readonly Actor[];
  /** Objects of other kinds in the file, by kind, which were not read. */
  readonly passed: Readonly<Record<string, number>>;
}
