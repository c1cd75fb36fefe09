import { SpoorError } from "../errors/base.ts";
import { ReferenceSharedError, SeedAmountError, SeedAssetError, SeedSyntaxError } from "../errors/cases.ts";
import type { AccountLedger, TransferRecord } from "../ledger/account-contract.ts";
import { parseAmount } from "../money/amount.ts";
import type { Asset } from "../money/asset.ts";
import { assetOfFact } from "./account-asset.ts";
import { accountWritten, spellingsOf } from "./account-name.ts";
import { paymentsReferred } from "./payments-referred.ts";
import { labelDefault } from "./seed.ts";
import type { TracedAccounts } from "./traced-ledger.ts";

/** Where a theft begins in an account ledger, by the ledger's ids. */
export interface AccountSeed {
  readonly at:
    | { readonly kind: "transfer"; readonly transfer: TransferRecord }
    | { readonly kind: "holding"; readonly holding: number; readonly account: string };
  readonly asset: string;
  /** Its first units; null for all. */
  readonly amount: bigint | null;
  readonly label: string;
}

/** A way to read a seed's text: account names and references may hold any of `@`, `=` and `:`. */
interface Reading {
  readonly place: string;
  readonly number: number | null;
  readonly amount: string | null;
  readonly label: string;
}

const textLengthMax = 400;

/**
 * What a text names in an account ledger: `TRANSACTION` (what it brings to those who do not pay it on at once; where
 * it brings nobody anything, what it burns), `TRANSACTION:N` (its n-th transfer from 0) or an account (its opening
 * balance and all that it receives); then `=AMOUNT`, then `@LABEL`. The longest name that the ledger holds is meant;
 * where it holds none, the payment that bears the text as a reference. Null where there is none.
 * @param assets only value in these; empty: in any
 * @throws SeedSyntaxError, SeedAmountError, SeedAssetError, ReferenceSharedError
 */
export async function seedAccounts(
  traced: TracedAccounts,
  text: string,
  assets: readonly string[],
): Promise<AccountSeed[] | null> {
  if (text === "" || text.length > textLengthMax || /\p{Cc}/u.test(text)) {
    throw new SeedSyntaxError({ text: text.slice(0, 120), why: "it is empty, too long or not printable" });
  }
  for (const reading of readingsOf(text)) {
    const found = await placesOf(traced, reading, assets);
    if (found !== null) return shareAmount(traced, text, reading, found);
  }
  // A reference may be what an account is called, or be written with the signs of amounts and labels: names go first.
  for (const reading of readingsOf(text)) {
    const key = await keyReferred(traced, reading.place);
    const found = key === null ? null : await placesOf(traced, { ...reading, place: key }, assets);
    if (found !== null) return shareAmount(traced, text, reading, found);
  }
  return null;
}

/** The payment that bears a reference. @throws ReferenceSharedError */
async function keyReferred({ ledger, summary }: TracedAccounts, reference: string): Promise<string | null> {
  const payments = await paymentsReferred(ledger, reference, referredMax + 1);
  if (payments.length > 1) {
    const shown = payments.slice(0, referredMax).map(({ name }) => name);
    const data = { seed: reference, ledger: summary.name, payments: shown, areAll: shown.length === payments.length };
    throw new ReferenceSharedError(data);
  }
  return payments[0]?.name ?? null;
}

const referredMax = 20;

function* readingsOf(text: string): Generator<Reading> {
  const at = text.lastIndexOf("@");
  const heads = [{ head: text, label: labelDefault }];
  if (at > 0 && at < text.length - 1) heads.push({ head: text.slice(0, at), label: text.slice(at + 1) });
  for (const { head, label } of heads) {
    const equals = head.lastIndexOf("=");
    const places = [{ place: head, amount: null as string | null }];
    // No amount holds an @: that would be the label's.
    if (equals > 0 && !head.includes("@", equals)) {
      places.push({ place: head.slice(0, equals), amount: head.slice(equals + 1) });
    }
    for (const { place, amount } of places) {
      yield { place, number: null, amount, label };
      const [, name, number] = /^(.+):(\d{1,9})$/su.exec(place) ?? [];
      if (name !== undefined) yield { place: name, number: Number(number), amount, label };
    }
  }
}

type Found = Pick<AccountSeed, "at" | "asset">;

async function placesOf(
  { ledger, loaded }: TracedAccounts,
  { place, number }: Reading,
  assets: readonly string[],
): Promise<Found[] | null> {
  const wanted = (asset: string) => assets.length === 0 || assets.includes(asset);
  const transfers = await transfersNamed(ledger, place, number, wanted);
  if (transfers !== null) {
    return transfers.map((transfer) => ({ at: { kind: "transfer", transfer }, asset: transfer.asset }));
  }
  const account = number === null ? await accountWritten(ledger, place) : null;
  if (account === null) return null;
  const found: Found[] = [];
  loaded.holdingAccount.forEach((id, holding) => {
    if (id !== account.id) return;
    const { asset } = loaded.assets[loaded.holdingAsset[holding]!]!;
    if (wanted(asset)) found.push({ at: { kind: "holding", holding, account: account.name }, asset });
  });
  return found;
}

/**
 * The transfers that a transaction's name means, of those in the wanted assets; null where there is no such
 * transaction.
 */
export async function transfersNamed(
  ledger: AccountLedger,
  name: string,
  number: number | null,
  wanted: (asset: string) => boolean = () => true,
): Promise<TransferRecord[] | null> {
  for (const spelling of spellingsOf(name)) {
    const transaction = await ledger.transaction(spelling);
    if (transaction === null) continue;
    const transfers = await ledger.transfersOf(transaction.id);
    if (number !== null) return transfers.slice(number, number + 1).filter(({ asset }) => wanted(asset));
    const value = transfers.filter(({ isFee, amount, asset }) => !isFee && amount > 0n && wanted(asset));
    const given = value.filter(({ to }) => to !== null);
    if (given.length === 0) return value;
    const paysOn = new Set(given.map(({ from, asset }) => `${from} ${asset}`));
    return given.filter(({ to, asset }) => !paysOn.has(`${to} ${asset}`));
  }
  return null;
}

function shareAmount(traced: TracedAccounts, text: string, reading: Reading, found: readonly Found[]): AccountSeed[] {
  const { label } = reading;
  if (reading.amount === null) return found.map((one) => ({ ...one, amount: null, label }));
  const ids = [...new Set(found.map(({ asset }) => asset))];
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new SeedAssetError({ seed: text.slice(0, 120), assets: ids });
  const fact = traced.loaded.assets.find(({ asset }) => asset === id) ?? { asset: id, decimals: null, symbol: null };
  const amount = amountWritten(text, reading.amount, assetOfFact(fact));
  const seeds: AccountSeed[] = [];
  let left = amount;
  for (const one of found) {
    if (left === 0n) break;
    // What an account will have received is known to the engine only.
    const most = one.at.kind === "transfer" ? one.at.transfer.amount : left;
    const part = most < left ? most : left;
    seeds.push({ ...one, amount: part, label });
    left -= part;
  }
  if (left > 0n) {
    const { name } = traced.summary;
    throw new SeedAmountError({ seed: text.slice(0, 120), ledger: name, value: amount - left, asked: amount });
  }
  return seeds;
}

function amountWritten(seed: string, text: string, asset: Asset): bigint {
  try {
    const amount = parseAmount(asset, text);
    if (amount > 0n) return amount;
  } catch (cause) {
    const why = cause instanceof SpoorError ? cause.what : "its amount cannot be read";
    throw new SeedSyntaxError({ text: seed.slice(0, 120), why }, cause);
  }
  throw new SeedSyntaxError({ text: seed.slice(0, 120), why: "its amount is zero" });
}
