import { BlockList, isIP } from "node:net";

// The registries of special-purpose addresses (IANA, RFC 6890 and what was added since). IPv6 is the other way round:
// only what is given out as global unicast is public, less the blocks inside it that lead elsewhere.
const notPublic4: readonly (readonly [string, number, string])[] = [
  ["0.0.0.0", 8, "this network"],
  ["10.0.0.0", 8, "private"],
  ["100.64.0.0", 10, "shared by a provider's customers"],
  ["127.0.0.0", 8, "this machine"],
  ["169.254.0.0", 16, "link-local"],
  ["172.16.0.0", 12, "private"],
  ["192.0.0.0", 24, "reserved for protocols"],
  ["192.0.2.0", 24, "for documentation"],
  ["192.31.196.0", 24, "reserved for protocols"],
  ["192.52.193.0", 24, "reserved for protocols"],
  ["192.88.99.0", 24, "a relay to IPv6"],
  ["192.168.0.0", 16, "private"],
  ["192.175.48.0", 24, "reserved for protocols"],
  ["198.18.0.0", 15, "for measurements"],
  ["198.51.100.0", 24, "for documentation"],
  ["203.0.113.0", 24, "for documentation"],
  ["224.0.0.0", 4, "multicast"],
  ["240.0.0.0", 4, "reserved"],
];
const special6: readonly (readonly [string, number, string])[] = [
  ["::1", 128, "this machine"],
  ["::ffff:0:0", 96, "an IPv4 address written as IPv6"],
  ["64:ff9b::", 96, "an IPv4 address behind NAT64"],
  ["64:ff9b:1::", 48, "an IPv4 address behind NAT64"],
  ["fc00::", 7, "private (unique local)"],
  ["fe80::", 10, "link-local"],
  ["fec0::", 10, "private (site-local)"],
  ["ff00::", 8, "multicast"],
  ["2001::", 23, "reserved for protocols, or a tunnel (Teredo)"],
  ["2001:db8::", 32, "for documentation"],
  ["2002::", 16, "an IPv4 address behind 6to4"],
  ["3fff::", 20, "for documentation"],
];

const lists = [
  ...notPublic4.map(([net, prefix, why]) => ({ list: listOf(net, prefix, "ipv4"), family: "ipv4" as const, why })),
  ...special6.map(([net, prefix, why]) => ({ list: listOf(net, prefix, "ipv6"), family: "ipv6" as const, why })),
];
const global6 = listOf("2000::", 3, "ipv6");
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function listOf(net: string, prefix: number, family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  list.addSubnet(net, prefix, family);
  return list;
}

/**
 * Why an IP address is not on the public internet; null where it is.
 * @param address an IPv4 or IPv6 address in figures
 */
export function notPublicBecause(address: string): string | null {
  const version = isIP(address);
  if (version === 0 || address.includes("%")) return "no address of the internet";
  const family = version === 4 ? "ipv4" : "ipv6";
  for (const { list, family: of, why } of lists) if (of === family && list.check(address, family)) return why;
  return family === "ipv6" && !global6.check(address, "ipv6") ? "not given out" : null;
}

export function isLoopback(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 4 ? "ipv4" : "ipv6") && !/^::ffff:/iu.test(address);
}
