import { parseUnits } from "viem";
import type { Contract } from "../../library/src/ethereum/anvil.fixture.ts";
import type { EtherChain } from "./ether-chain.ts";

/** What the rest of the story needs to know of the Ethereum part: transactions by what they do. */
export interface EtherStory {
  readonly token: Contract;
  readonly wrapped: Contract;
  readonly did: Readonly<Record<"otc" | "rival" | "swap" | "lock", string>>;
}

/** Holders that were given ether before the first block. */
export const endowed = [
  { holder: "Cormorant Labs", ether: "7000" },
  { holder: "Pelican Exchange hot wallet", ether: "2500" },
  { holder: "Lanternfish OTC desk", ether: "20" },
] as const;

const dollars = (amount: string) => parseUnits(amount, 6);
const hot = "Pelican Exchange hot wallet";
const desk = "Lanternfish OTC desk";

/** The Ethereum part of the story. @param payout where the bridge is to pay on the other chain */
export async function playEther(chain: EtherChain, payout: string): Promise<EtherStory> {
  const { token, wrapped, pool, trader, bridge } = await setUp(chain);
  const move = (at: string, from: string, to: string, amount: string, say?: string) =>
    chain.call(at, token, "transfer", [chain.addressOf(to), dollars(amount)], { from, say });
  for (const [j, holder] of ["thief 1", "thief swap", "thief 2", "Pelican Exchange deposit 1"].entries()) {
    await chain.pay(`2026-05-06T0${j + 5}:10:00Z`, holder, { from: hot, ether: "0.5" });
  }
  const withdrawn = "The thief withdraws 40 ETH of clean money from Pelican Exchange.";
  await chain.pay("2026-05-06T10:25:00Z", "thief 2", { from: hot, ether: "40", say: withdrawn });

  const otc = await move(
    ...(["2026-05-07T09:12:00Z", desk, "thief 1", "648000"] as const),
    "The broker sends 648,000 Tern dollars to an address of the thief, for the 600,000.00 EUR that its bank got.",
  );
  const rival = await move("2026-05-07T10:02:00Z", desk, "townspeople a", "646380");
  await move(
    ...(["2026-05-07T13:40:00Z", "thief 1", "thief hoard", "120000"] as const),
    "The thief puts 120,000 Tern dollars aside; they do not move again.",
  );
  await move(
    ...(["2026-05-07T13:52:00Z", "thief 1", "Pelican Exchange deposit 1", "148000"] as const),
    "148,000 go to a deposit address at Pelican Exchange.",
  );
  await move(
    ...(["2026-05-07T14:05:00Z", "thief 1", "thief swap", "380000"] as const),
    "380,000 go to an address from which they will be swapped.",
  );
  const approve = [trader.address, dollars("380000")];
  await chain.call("2026-05-07T21:22:00Z", token, "approve", approve, { from: "thief swap" });
  const swap = await chain.call(
    ...(["2026-05-07T21:30:00Z", trader, "sellForExactly"] as const),
    [pool.address, dollars("380000"), 200n * 10n ** 18n],
    {
      from: "thief swap",
      say: "Through a trading contract the thief buys 200 ETH from a pool, and gets what the trade did not cost back.",
    },
  );
  await move(
    ...(["2026-05-07T22:10:00Z", "Pelican Exchange deposit 1", hot, "148000"] as const),
    "Pelican Exchange sweeps the deposit into its hot wallet, where everybody's money is.",
  );
  await wrapAndUnwrap(chain, wrapped);
  const lock = await chain.call("2026-05-08T03:40:00Z", bridge, "lock", [payout], {
    from: "thief 2",
    ether: "200",
    say: "200 of about 239.5 ETH are locked at a bridge, with a Bitcoin address to pay out to.",
  });
  await move("2026-05-08T09:00:00Z", hot, "townspeople b", "75000");
  return { token, wrapped, did: { otc, rival, swap, lock } };
}

async function setUp(chain: EtherChain) {
  const maker = "Cormorant Labs";
  const token = await chain.deploy("2026-05-01T08:00:00Z", "TernDollar", [dollars("50000000")], { from: maker });
  const wrapped = await chain.deploy("2026-05-01T08:10:00Z", "WrappedEther", [], { from: maker });
  const pool = await chain.deploy("2026-05-01T08:20:00Z", "Pool", [token.address], { from: maker, ether: "6000" });
  const trader = await chain.deploy("2026-05-01T08:30:00Z", "TradeDesk", [], { from: maker });
  const bridge = await chain.deploy("2026-05-01T08:40:00Z", "Bridge", [], { from: maker, name: "Fulmar Bridge" });
  const give = (at: string, to: string, amount: string) =>
    chain.call(at, token, "transfer", [to, dollars(amount)], { from: maker });
  await give("2026-05-01T08:50:00Z", pool.address, "10800000");
  await give("2026-05-02T12:00:00Z", chain.addressOf(desk), "3000000");
  await give("2026-05-02T12:10:00Z", chain.addressOf(hot), "4000000");
  return { token, wrapped, pool, trader, bridge };
}

async function wrapAndUnwrap(chain: EtherChain, wrapped: Contract): Promise<void> {
  const eighty = 80n * 10n ** 18n;
  await chain.call("2026-05-08T02:20:00Z", wrapped, "deposit", [], {
    from: "thief swap",
    ether: "80",
    say: "80 of the 200 ETH are wrapped,",
  });
  await chain.call("2026-05-08T02:31:00Z", wrapped, "transfer", [chain.addressOf("thief 2"), eighty], {
    from: "thief swap",
    say: "sent to another address of the thief,",
  });
  await chain.call("2026-05-08T02:45:00Z", wrapped, "withdraw", [eighty], {
    from: "thief 2",
    say: "and unwrapped there, where the 40 clean ETH are.",
  });
  const say = "119.5 ETH follow on the straight way.";
  await chain.pay("2026-05-08T03:05:00Z", "thief 2", { from: "thief swap", ether: "119.5", say });
}
