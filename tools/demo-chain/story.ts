/** One transaction of the story. Coins are named by what they are; addresses by who holds them. */
export interface Payment {
  /** Names of the coins that are spent, in input order. */
  readonly from: readonly string[];
  /** In output order. `rest` is what the other outputs and the fee leave. */
  readonly to: readonly Output[];
  /** BTC. */
  readonly fee: string;
  /** What happens, for the reader of the story; null for the traffic of everyday. */
  readonly say: string | null;
}

export interface Output {
  /** The name by which a later payment spends it. */
  readonly coin: string;
  /** Whose address it pays to: the same name is the same address. */
  readonly holder: string;
  /** BTC, or `rest`. */
  readonly btc: string;
}

export interface Step {
  /** The time of the block that holds the payments. */
  readonly at: string;
  readonly payments: readonly Payment[];
}

/** Mined before the story begins: a coinbase can be spent after 100 further blocks. */
export const blocksBefore = 124;
export const chainBegins = "2026-03-01T00:00:00Z";

/** Who holds which addresses. `tagged` ones are known to the public, by the source that is named. */
export const actors = [
  // Not tagged: a stop at the victim's own addresses would end the trail where it begins.
  { name: "Kestrel Exchange", role: "victim", tagged: null, source: null },
  { name: "thief", role: "thief", tagged: null, source: null },
  {
    name: "Harbour Exchange",
    role: "exchange",
    tagged: "exchange",
    source: "Harbour Exchange, answer to a request of 2026-03-18",
  },
  { name: "Gull Gift Cards", role: "merchant", tagged: "merchant", source: "Gull Gift Cards, payment page" },
  { name: "mix", role: "mix participant", tagged: null, source: null },
  { name: "broker", role: "broker, known to nobody", tagged: null, source: null },
  { name: "Marlow", role: "seller of clean coins", tagged: null, source: null },
  { name: "townspeople", role: "bystander", tagged: null, source: null },
] as const;

/** A holder's name begins with its actor's; the exchange's hot wallet is a 2-of-3 multisig address. */
export const multisigHolders = new Set(["Harbour Exchange hot wallet"]);

const fee = "0.0002";
const mined = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, j) => `mined ${first + j}`);
const out = (coin: string, holder: string, btc: string): Output => ({ coin, holder, btc });

function deposits(): Step[] {
  const pay = (from: string[], ...to: Output[]): Payment => ({ from, to, fee, say: null });
  return [
    {
      at: "2026-03-02T09:10:00Z",
      payments: [
        pay(mined(1, 5), out("hot 1", "Kestrel Exchange hot wallet 1", "200"), out("a", "townspeople a", "rest")),
        pay(mined(6, 8), out("hot 2", "Kestrel Exchange hot wallet 2", "130"), out("b", "townspeople b", "rest")),
      ],
    },
    {
      at: "2026-03-03T11:40:00Z",
      payments: [
        pay(
          mined(9, 12),
          out("hot 3", "Kestrel Exchange hot wallet 3", "95"),
          out("hot 4", "Kestrel Exchange hot wallet 1", "55"),
          out("c", "townspeople c", "rest"),
        ),
        pay(mined(13, 14), out("clean", "Marlow", "80"), out("marlow change", "Marlow", "rest")),
      ],
    },
    {
      at: "2026-03-05T16:05:00Z",
      payments: [
        pay(
          mined(15, 16),
          out("p1", "mix participant 1", "10.3"),
          out("p2", "mix participant 2", "12.7"),
          out("p3", "mix participant 3", "11.1"),
          out("p4", "mix participant 4", "15.9"),
          out("p5", "mix participant 5", "10.8"),
          out("d", "townspeople d", "rest"),
        ),
        pay(
          mined(17, 18),
          out("k1", "Harbour Exchange deposit 9", "25"),
          out("k2", "Harbour Exchange deposit 10", "18"),
          out("k3", "Harbour Exchange deposit 11", "40"),
          out("e", "townspeople e", "rest"),
        ),
      ],
    },
    {
      at: "2026-03-08T08:20:00Z",
      payments: [
        pay(["a"], out("f", "townspeople f", "12.5"), out("g", "townspeople g", "rest")),
        pay(["b", "c"], out("h", "townspeople h", "40.75"), out("i", "townspeople b", "rest")),
      ],
    },
  ];
}

function theft(): Step[] {
  return [
    {
      at: "2026-03-14T02:17:00Z",
      payments: [
        {
          from: ["hot 1", "hot 2", "hot 3", "hot 4"],
          to: [out("loot", "thief 1", "rest")],
          fee: "0.001",
          say:
            "The keys of Kestrel Exchange's hot wallet are used by somebody else: its four coins, 480 BTC together, " +
            "are taken in one transaction.",
        },
      ],
    },
    {
      at: "2026-03-14T02:49:00Z",
      payments: [
        {
          from: ["loot"],
          to: [
            out("A", "thief 2", "200"),
            out("B", "thief 3", "120"),
            out("C", "thief 4", "60"),
            out("D", "thief 5", "rest"),
          ],
          fee: "0.0004",
          say: "The loot is split four ways: 200, 120, 60 and almost 100 BTC. The last part does not move again.",
        },
        { from: ["g"], to: [out("j", "townspeople j", "9.9"), out("l", "townspeople a", "rest")], fee, say: null },
      ],
    },
  ];
}

/** A long chain of payments, each of which peels a little off and hands the rest on. */
function peelChain(): Step[] {
  const peels: [at: string, btc: string, coin: string, holder: string, peelFirst: boolean, who: string][] = [
    ["2026-03-14T05:31:00Z", "7.5", "x1", "Harbour Exchange deposit 1", true, "an address at Harbour Exchange"],
    ["2026-03-14T06:12:00Z", "12.25", "y1", "broker 1", false, "a broker whom nobody knows"],
    ["2026-03-14T07:03:00Z", "9.8", "x2", "Harbour Exchange deposit 2", true, "a second address at Harbour Exchange"],
    [
      "2026-03-14T07:44:00Z",
      "14",
      "x3",
      "Harbour Exchange deposit 1",
      false,
      "the first address at Harbour Exchange again",
    ],
    ["2026-03-14T09:25:00Z", "6.4", "y2", "broker 2", true, "the broker"],
    ["2026-03-14T11:58:00Z", "11.6", "x4", "Harbour Exchange deposit 3", true, "a third address at Harbour Exchange"],
    ["2026-03-14T13:37:00Z", "8.9", "gift 1", "Gull Gift Cards", false, "the shop Gull Gift Cards"],
    ["2026-03-14T15:50:00Z", "13.3", "y3", "broker 3", true, "the broker"],
    [
      "2026-03-14T18:14:00Z",
      "10.25",
      "x5",
      "Harbour Exchange deposit 4",
      false,
      "a fourth address at Harbour Exchange",
    ],
  ];
  return peels.map(([at, btc, coin, holder, peelFirst, who], j) => {
    const peel = out(coin, holder, btc);
    const rest = out(`A${j + 1}`, `thief A${j + 1}`, "rest");
    const end = j === 8 ? ", and stays where it is" : "";
    const say = `Peel ${j + 1} of 9: ${btc} BTC go to ${who}, the rest moves on${end}.`;
    const from = [j === 0 ? "A" : `A${j}`];
    return { at, payments: [{ from, to: peelFirst ? [peel, rest] : [rest, peel], fee, say }] };
  });
}

/** Loot and clean money in one coin, then paid out: here the rules part. */
function merge(): Step[] {
  const one = (at: string, from: string[], to: Output[], say: string): Step => ({
    at,
    payments: [{ from, to, fee, say }],
  });
  return [
    one(
      "2026-03-15T10:05:00Z",
      ["clean", "B"],
      [out("M", "thief 6", "rest")],
      "120 BTC of the loot are merged with 80 clean BTC that the thief had bought from Marlow.",
    ),
    one(
      "2026-03-15T14:40:00Z",
      ["M"],
      [out("x6", "Harbour Exchange deposit 5", "35"), out("M1", "thief 7", "rest")],
      "35 BTC of the mixed money go to a fifth address at Harbour Exchange.",
    ),
    one(
      "2026-03-15T19:22:00Z",
      ["M1"],
      [out("y4", "broker 4", "50"), out("M2", "thief 8", "rest")],
      "50 BTC of it go to the broker.",
    ),
    one(
      "2026-03-16T03:11:00Z",
      ["M2"],
      [out("M3", "thief 9", "rest"), out("x7", "Harbour Exchange deposit 6", "60")],
      "60 BTC of it go to a sixth address at Harbour Exchange; almost 55 stay.",
    ),
  ];
}

/** One transaction of six parties with six equal outputs, and everybody's change. */
const equalOutputs: Step = {
  at: "2026-03-17T01:02:00Z",
  payments: [
    {
      from: ["p1", "p2", "C1", "p3", "p4", "p5"],
      // By value, as mixes sort them (BIP 69), so that the order says nothing.
      to: [
        out("c1", "mix participant 6", "0.2997"),
        out("c5", "mix participant 10", "0.7997"),
        out("c3", "mix participant 8", "1.0997"),
        out("c2", "mix participant 7", "2.6997"),
        out("c4", "mix participant 9", "5.8997"),
        out("e1", "mix participant 11", "10"),
        out("e2", "mix participant 12", "10"),
        out("e3", "mix participant 13", "10"),
        out("e4", "mix participant 14", "10"),
        out("e5", "mix participant 15", "10"),
        out("e6", "mix participant 16", "10"),
        out("c6", "thief 12", "rest"),
      ],
      fee: "0.0018",
      say: "Six parties, one of them the thief, mix: each gets one of six coins of 10 BTC, and its change.",
    },
  ],
};

function mix(): Step[] {
  return [
    {
      at: "2026-03-16T20:30:00Z",
      payments: [
        {
          from: ["C"],
          to: [out("C1", "thief 10", "20.4"), out("C2", "thief 11", "rest")],
          fee,
          say: "Of the third part 20.4 BTC are made ready for a mix.",
        },
      ],
    },
    equalOutputs,
    {
      at: "2026-03-17T09:45:00Z",
      payments: [
        {
          from: ["e2"],
          to: [out("gift 2", "Gull Gift Cards", "3.2"), out("q1", "townspeople q", "rest")],
          fee,
          say: "One of the mixed coins buys gift cards.",
        },
        {
          from: ["e4"],
          to: [out("x8", "Harbour Exchange deposit 7", "rest")],
          fee,
          say: "Another of the mixed coins is deposited at Harbour Exchange: the thief's.",
        },
        {
          from: ["e5"],
          to: [out("x9", "Harbour Exchange deposit 8", "rest")],
          fee,
          say: "A third one is deposited there too, by a bystander.",
        },
      ],
    },
    {
      at: "2026-03-17T13:18:00Z",
      payments: [
        {
          from: ["c6", "C2"],
          to: [out("cold", "thief 13", "rest")],
          fee,
          say: "The thief puts the change of the mix together with what did not go into it: 50 BTC, which stay.",
        },
      ],
    },
  ];
}

function sweep(): Step[] {
  const hot = "Harbour Exchange hot wallet";
  return [
    {
      at: "2026-03-17T22:00:00Z",
      payments: [
        {
          from: ["k1", "x1", "x2", "x3", "k2", "x4"],
          to: [out("s1", hot, "rest")],
          fee: "0.0006",
          say:
            "Harbour Exchange sweeps its deposits into its hot wallet: " +
            "four of the thief's with two of other customers'.",
        },
      ],
    },
    {
      at: "2026-03-18T22:00:00Z",
      payments: [
        {
          from: ["x5", "x6", "k3", "x7", "x8", "x9"],
          to: [out("s2", hot, "90"), out("s3", hot, "rest")],
          fee: "0.0006",
          say: "A second sweep takes the other deposits in the same way.",
        },
      ],
    },
    {
      at: "2026-03-19T07:30:00Z",
      payments: [
        {
          from: ["s1"],
          to: [out("w1", "townspeople w1", "28.5"), out("w2", "townspeople w2", "16"), out("s4", hot, "rest")],
          fee,
          say: "Harbour Exchange pays two customers from its hot wallet. They have nothing to do with the theft.",
        },
        { from: ["h"], to: [out("t", "townspeople t", "21.3"), out("u", "townspeople h", "rest")], fee, say: null },
      ],
    },
    {
      at: "2026-03-19T15:10:00Z",
      payments: [
        {
          from: ["s2", "s4"],
          to: [out("s5", hot, "rest"), out("w3", "townspeople w3", "61.2")],
          fee,
          say: "It pays a third one.",
        },
      ],
    },
  ];
}

/** Everything that happens, in order. All names are invented. */
export const steps: readonly Step[] = [...deposits(), ...theft(), ...peelChain(), ...merge(), ...mix(), ...sweep()];

/** Blocks with nothing but their coinbase, mined after the story. */
export const blocksAfter = 6;
