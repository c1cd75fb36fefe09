import type { AccountLedger } from "./account-contract.ts";
import { AccountTables } from "./account-schema.ts";
import { readAccountState, refuseDamagedGeneration } from "./account-state.ts";
import type { Connection } from "./connection.ts";
import type { HeldGenerations } from "./held-generations.ts";
import { memoryAccountLedger } from "./memory-account-ledger.ts";
import { storedAccountLedger } from "./stored-account-ledger.ts";

/** Opens the newest settlement of an account ledger for reading. @throws StoreDamagedError */
export async function openAccountLedger(request: {
  readonly connection: Connection;
  readonly name: string;
  readonly network: string;
  readonly partial: boolean;
  readonly database: string;
  readonly held: HeldGenerations;
}): Promise<AccountLedger> {
  const { connection, name, network, partial, database, held } = request;
  const { epoch, settled, missing } = await readAccountState(connection, database);
  // Nothing was settled yet.
  if (settled === null) return memoryAccountLedger([], {}, { name, network, partial, missing });
  await refuseDamagedGeneration(connection, { name, database, settled });
  const { generation } = settled;
  const tables = new AccountTables(database, { epoch, generation });
  held.hold(database, generation);
  const onClosed = () => held.release(database, generation);
  return storedAccountLedger({ connection, name, network, partial, tables, settled, onClosed });
}
