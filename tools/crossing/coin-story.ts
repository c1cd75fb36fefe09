import type { Output, Payment, Step } from "../demo-chain/story.ts";

/** Mined before the story begins: a coinbase can be spent after 100 further blocks. */
export const blocksBefore = 106;
export const chainBegins = "2026-05-04T00:00:00Z";
export const blocksAfter = 3;

const fee = "0.0001";
const out = (coin: string, holder: string, btc: string): Output => ({ coin, holder, btc });
const pay = (from: string[], say: string | null, ...to: Output[]): Payment => ({ from, to, fee, say });

/** The Bitcoin part of the story. All names are invented. */
export const steps: readonly Step[] = [
  {
    at: "2026-05-05T09:00:00Z",
    payments: [
      pay(["mined 1"], null, out("pool 1", "Fulmar Bridge pool", "30"), out("a", "townspeople a", "rest")),
      pay(["mined 2"], null, out("sold", "Marlow", "6.0001"), out("b", "townspeople b", "rest")),
      pay(["mined 3"], null, out("k1", "Pelican Exchange deposit 9", "11"), out("c", "townspeople c", "rest")),
    ],
  },
  {
    at: "2026-05-06T18:30:00Z",
    payments: [pay(["sold"], "The thief buys 6 BTC from somebody: clean money.", out("clean", "thief 1", "rest"))],
  },
  {
    at: "2026-05-08T04:05:00Z",
    payments: [
      pay(
        ["pool 1"],
        "The bridge pays 12.5 BTC out of its pool to the address that was given with the 200 ETH.",
        out("payout", "thief 2", "12.5"),
        out("pool 2", "Fulmar Bridge pool", "rest"),
      ),
    ],
  },
  {
    at: "2026-05-08T11:20:00Z",
    payments: [
      pay(["clean", "payout"], "The thief puts it together with the 6 clean BTC.", out("M", "thief 3", "rest")),
    ],
  },
  {
    at: "2026-05-08T16:45:00Z",
    payments: [
      pay(
        ["M"],
        "7.25 BTC go to an address at Pelican Exchange, the rest moves on.",
        out("x1", "Pelican Exchange deposit 7", "7.25"),
        out("M1", "thief 4", "rest"),
      ),
    ],
  },
  {
    at: "2026-05-09T08:10:00Z",
    payments: [
      pay(
        ["M1"],
        "4 BTC more go to another address there; 7.2497 BTC of change stay.",
        out("change", "thief 5", "rest"),
        out("x2", "Pelican Exchange deposit 8", "4"),
      ),
    ],
  },
  {
    at: "2026-05-09T22:00:00Z",
    payments: [
      pay(
        ["x1", "k1", "x2"],
        "Pelican Exchange sweeps these deposits and another customer's into its wallet.",
        out("s1", "Pelican Exchange wallet", "rest"),
      ),
    ],
  },
];
