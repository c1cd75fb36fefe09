import type { Address } from "viem";
import type { Anvil, Contract } from "./anvil.fixture.ts";

export interface Story {
  readonly tokens: readonly Contract[];
  readonly weth: Contract;
  readonly loud: Contract;
  readonly vault: Contract;
  readonly etherPool: Contract;
  readonly tokenPool: Contract;
  readonly plain: Contract;
  readonly forwarder: Contract;
  readonly reverter: Contract;
  /** Transactions by what they do. */
  readonly did: Readonly<Record<string, string>>;
  readonly tip: number;
}

const ether = 10n ** 18n;

/** Deploys every test contract on a fresh chain and does with them what money does on Ethereum. */
export async function playStory(node: Anvil): Promise<Story> {
  const { accounts } = node;
  const [owner, alice, bob, carol, dora] = accounts as readonly [Address, Address, Address, Address, Address];
  const did: Record<string, string> = {};
  const plain = await node.deploy("PlainToken", [10n ** 15n]);
  const others: Contract[] = [];
  for (const name of ["NoReturnToken", "FeeOnTransferToken", "UnindexedToken", "HalfIndexedToken"]) {
    others.push(await node.deploy(name, [10n ** 30n]));
  }
  const weth = await node.deploy("WrappedEther");
  const loud = await node.deploy("LoudWrappedEther");
  const vault = await node.deploy("Vault");
  const etherPool = await node.deploy("EtherPool", [plain.address], 100n * ether);
  const tokenPool = await node.deploy("TokenPool", [weth.address, plain.address]);
  const router = await node.deploy("Router");
  const forwarder = await node.deploy("Forwarder");
  const reverter = await node.deploy("Reverter");
  const box = await node.deploy("Box");
  const things = await node.deploy("NumberedThings");
  const mortal = await node.deploy("SelfDestructor", [], 3n * ether);
  const selfish = await node.deploy("SelfDestructor", [], 2n * ether);
  const shortLives = await node.deploy("ShortLives");

  const act = async (name: string, call: Promise<{ hash: string; succeeded: boolean }>, succeeds = true) => {
    const { hash, succeeded } = await call;
    if (succeeded !== succeeds) throw new Error(`${name}: it ${succeeded ? "succeeded" : "failed"}`);
    did[name] = hash;
  };
  await act("plain transfer", node.send({ from: alice, to: bob, value: 5n * ether }));
  for (const [j, token] of [plain, ...others].entries()) {
    await act(`token ${j}`, node.write(token, "transfer", [alice, 10n ** 12n]));
    await act(`token ${j} on`, node.write(token, "transfer", [bob, 10n ** 9n], { from: alice }));
  }
  await act("numbered thing", node.write(things, "mint", [alice, 7n]));
  await act("burn", node.write(plain, "burn", [1000n], { from: alice }));
  await act("failed transfer", node.write(plain, "transfer", [bob, 10n ** 14n], { from: dora }), false);
  await act("wrap", node.write(weth, "deposit", [], { from: alice, value: 4n * ether }));
  await act("wrap by sending", node.send({ from: bob, to: weth.address, value: 2n * ether }));
  await act("unwrap", node.write(weth, "withdraw", [ether], { from: alice }));
  await act("wrap loudly", node.write(loud, "deposit", [], { from: alice, value: 3n * ether }));
  await act("unwrap loudly", node.write(loud, "withdraw", [ether], { from: alice }));
  await act("stake", node.write(vault, "deposit", [], { from: alice, value: ether }));

  await act("fund pool", node.write(plain, "transfer", [etherPool.address, 10n ** 12n]));
  await act("buy", node.write(etherPool, "buyTokens", [], { from: alice, value: ether }));
  await act("buy exactly", node.write(etherPool, "buyExactly", [10n ** 8n], { from: bob, value: ether }));
  await act("approve", node.write(plain, "approve", [etherPool.address, 10n ** 15n], { from: alice }));
  await act("sell", node.write(etherPool, "sellTokens", [10n ** 9n], { from: alice }));
  await act("owner wraps", node.write(weth, "deposit", [], { value: 50n * ether }));
  await act("fund token pool 1", node.write(weth, "transfer", [tokenPool.address, 50n * ether]));
  await act("fund token pool 2", node.write(plain, "transfer", [tokenPool.address, 10n ** 13n]));
  await act(
    "swap by router",
    node.write(router, "swapEther", [weth.address, tokenPool.address], { from: carol, value: ether }),
  );
  await act("approve weth", node.write(weth, "approve", [tokenPool.address, 10n ** 20n], { from: alice }));
  await act("swap tokens", node.write(tokenPool, "swap", [true, ether, alice], { from: alice }));

  await act("forward", node.write(forwarder, "forward", [[alice, bob, carol]], { from: dora, value: 3n * ether }));
  await act("forward deep", node.write(forwarder, "forwardDeep", [bob, 20n], { from: dora, value: ether }));
  await act("make", node.write(forwarder, "make", [], { from: dora, value: ether }));
  await act("by delegate", node.write(forwarder, "byDelegate", [box.address, carol], { from: dora, value: ether }));
  await act("revert inside", node.write(reverter, "payAndFail", [alice, bob], { from: dora, value: 4n * ether }));
  await act("revert all", node.write(reverter, "payThenRevert", [alice], { from: dora, value: ether }), false);
  await act("destroy", node.write(mortal, "destroy", [carol], { from: dora }));
  await act("destroy for itself", node.write(selfish, "destroy", [selfish.address], { from: dora }));
  for (const forItself of [false, true]) {
    for (const payAfter of [false, true]) {
      const name = `short life ${forItself ? "for itself" : "for an heir"}${payAfter ? ", paid after" : ""}`;
      await act(name, node.write(shortLives, "live", [carol, forItself, payAfter], { from: dora, value: 4n * ether }));
    }
  }
  await act("pay the zero address", node.send({ from: owner, to: `0x${"0".repeat(40)}`, value: 77n }));
  const tip = Number(await node.client.getBlockNumber());
  const tokens = [plain, ...others, weth, loud];
  return { tokens, weth, loud, vault, etherPool, tokenPool, plain, forwarder, reverter, did, tip };
}
