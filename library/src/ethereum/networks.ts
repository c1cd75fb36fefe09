/** What differs between the networks that run Ethereum's machine. */
export interface EthereumNetwork {
  /** `ethereum` for chain 1, else CAIP-2: `eip155:N`. */
  readonly name: string;
  /** The id of the chain's own asset; ETH where nothing else is known. 18 decimals everywhere. */
  readonly native: string;
  /** Contracts that wrap it one to one with `Deposit` and `Withdrawal` events. */
  readonly wrapped: readonly string[];
  /** When Cancun (EIP-6780) began, in seconds since 1970; null: told by the blocks themselves. */
  readonly cancunSeconds: number | null;
  /** The rewards of proof of work follow Ethereum's rule (5, 3, 2 ETH). */
  readonly minedLikeEthereum: boolean;
}

const known: Readonly<Record<number, Partial<EthereumNetwork>>> = {
  1: {
    wrapped: ["0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"],
    cancunSeconds: 1_710_338_135,
    minedLikeEthereum: true,
  },
  10: { wrapped: ["0x4200000000000000000000000000000000000006"] },
  56: { native: "BNB", wrapped: ["0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c"] },
  100: { native: "XDAI", wrapped: ["0xe91d153e0b41518a2ce8dd3d7944fa863463a97d"] },
  137: { native: "POL", wrapped: ["0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270"] },
  8453: { wrapped: ["0x4200000000000000000000000000000000000006"] },
  42161: { wrapped: ["0x82af49447d8a07e3bd95bd0d56f35241523fbab1"] },
  43114: { native: "AVAX", wrapped: ["0xb31f66aa3c1e785363f0875a1b74e27b85fd66c7"] },
  11155111: { wrapped: ["0xfff9976782d46cc05630d1f6ebab18b2324d6b14"], cancunSeconds: 1_706_655_072 },
};

export function networkOfChain(chainId: number): EthereumNetwork {
  return {
    name: chainId === 1 ? "ethereum" : `eip155:${chainId}`,
    native: "ETH",
    wrapped: [],
    cancunSeconds: null,
    minedLikeEthereum: false,
    ...known[chainId],
  };
}

/** `ethereum`, `eip155:N`, or the chain's number. Null for what is none of these. */
export function networkNamed(name: string): EthereumNetwork | null {
  if (name === "ethereum") return networkOfChain(1);
  const [, digits] = /^(?:eip155:)?(\d{1,15})$/u.exec(name) ?? [];
  return digits === undefined || Number(digits) === 0 ? null : networkOfChain(Number(digits));
}
