import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StoreClosedError, StoreQueryError } from "../errors/ledger.ts";
import { openEmbedded } from "./embedded-connection.ts";
import { inTwoLanes, runInTwoLanes } from "./two-lanes.ts";

test("two lanes see what the other has done, wait for each other where one fails, and close together", async () => {
  const folder = await mkdtemp(join(tmpdir(), "spoor-lanes-"));
  const connection = await openEmbedded(folder);
  const { beside } = connection;
  const tables = ["one", "two", "three"];
  await runInTwoLanes(
    connection,
    tables.map((table) => `CREATE TABLE default.${table} (x UInt8) ENGINE = MergeTree ORDER BY x`),
  );
  await beside.run("INSERT INTO default.one SELECT 7");
  expect(await connection.rows("SELECT x FROM default.one")).toEqual([{ x: 7 }]);
  let isDone = false;
  const failing = inTwoLanes(
    { connection, beside },
    (lane) => lane.run("SELECT throwIf(1)"),
    async (lane) => {
      for (const table of tables) await lane.run(`INSERT INTO default.${table} SELECT 8`);
      isDone = true;
    },
  );
  await expect(failing).rejects.toThrow(StoreQueryError);
  expect(isDone).toBe(true);
  await connection.close();
  await expect(connection.run("SELECT 1")).rejects.toThrow(StoreClosedError);
  await expect(beside.run("SELECT 1")).rejects.toThrow(StoreClosedError);
  await rm(folder, { recursive: true });
});
