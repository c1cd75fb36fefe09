import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "chdb";
import { expect, test } from "vitest";
import { openEmbedded } from "./embedded-connection.ts";
import { pageQuery } from "./read-accounts.ts";
import { createCoinTables } from "./schema.ts";

test("the first page of an account of 400,000 coins reads no more rows than that of one with ten", async () => {
  const path = await mkdtemp(join(tmpdir(), "spoor-page-"));
  const connection = await openEmbedded(path);
  await connection.run("CREATE DATABASE spoor_page");
  for (const sql of createCoinTables("spoor_page")) await connection.run(sql);
  const account = (hex: string) => `unhex('${hex.repeat(32)}')`;
  // Two parts, as ingest leaves them; account 1 has every other coin, account 2 ten coins in all.
  for (const from of [0, 400_000]) {
    await connection.run(
      `INSERT INTO spoor_page.coins_by_account (account, output)
       SELECT multiIf(number % 2 = 0, ${account("1")}, number % 80000 = 1, ${account("2")},
                      reverse(toFixedString(leftPad(toString(number), 16, '0'), 16))), number
       FROM numbers(${from}, 400000)`,
    );
  }
  const session = new Session(join(path, "store"));
  const rowsRead = async (hex: string, from: number) => {
    const parameters = { key: hex.repeat(32), from, outputs: 800_000, limit: 11 };
    const answer = await session.queryBindAsync(pageQuery("spoor_page"), parameters, { format: "JSON" });
    const { rows, statistics } = answer.json<{ rows: number; statistics: { rows_read: number } }>();
    return { rows, read: statistics.rows_read };
  };
  const large = await rowsRead("1", 0);
  const small = await rowsRead("2", 0);
  const later = await rowsRead("1", 300_000);
  session.close();
  await connection.close();
  await rm(path, { recursive: true });
  expect(large.rows).toBe(11);
  expect(small.rows).toBe(10);
  expect(later.rows).toBe(11);
  // One granule of 2,048 rows for each of two parts, and one more where the account begins inside one.
  expect(large.read).toBeLessThanOrEqual(4 * 2048);
  expect(small.read).toBeLessThanOrEqual(4 * 2048);
  expect(later.read).toBeLessThanOrEqual(4 * 2048);
});
