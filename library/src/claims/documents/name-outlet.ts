import { parse } from "tldts";
import type { Outlet } from "./document.ts";
import { publisherNamed } from "./publisher-named.ts";
import { publishers } from "./publishers.ts";

const byDomain = new Map(publishers.flatMap((one) => one.domains.map((domain) => [domain, one] as const)));

/**
 * Who publishes: the address decides whose page it is, what the page calls itself is its name where the table has none.
 * @param about `url` where it was captured, `siteName` what its metadata say, `notice` a name out of its fine print
 */
export function nameOutlet(about: {
  url: string | null;
  siteName: string | null;
  notice: string | null;
}): Outlet | null {
  const site = about.url === null ? null : siteOf(about.url);
  if (site !== null) {
    const known = byDomain.get(site.host) ?? byDomain.get(site.domain);
    if (known !== undefined) return { name: known.name, domain: site.domain, family: known.family, basis: "address" };
  }
  for (const [name, basis] of [
    [about.siteName, "metadata"],
    [about.notice, "text"],
  ] as const) {
    if (name === null || name === "") continue;
    const known = publisherNamed(name);
    const domain = site?.domain ?? known?.domains[0] ?? null;
    if (known !== null) return { name: known.name, domain, family: known.family, basis };
    if (basis === "metadata" || site === null) return { name, domain, family: null, basis };
  }
  return site === null ? null : { name: site.domain, domain: site.domain, family: null, basis: "address" };
}

/** The registrable domain of an address, by the Public Suffix List without its private part. */
function siteOf(url: string): { host: string; domain: string } | null {
  const { hostname, domain, isIp } = parse(url, { allowPrivateDomains: false });
  if (hostname === null || isIp === true) return null;
  return { host: hostname.replace(/^www\./u, ""), domain: domain ?? hostname };
}
