import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { RpcCredentialsError } from "../errors/bitcoin-sources.ts";
import { splitUrl } from "./http-client.ts";
import { networkNames, networks } from "./networks.ts";

export interface RpcAddress {
  /** Without credentials. */
  readonly url: string;
  /** The Authorization header. Asked for again after a refusal: a node that starts writes a new cookie. */
  authorization(): Promise<string>;
}

/**
 * Where a node answers and how to prove oneself to it: user and password of the URL, else the cookie file that is
 * named, else the cookie in the data folder of a node on this machine.
 *
 * @param dataFolder the node's data folder, where it is not the usual one
 * @throws UrlSyntaxError; RpcCredentialsError when the authorization is asked for and there is none
 */
export function rpcAddress(options: { url: string; cookieFile?: string; dataFolder?: string }): RpcAddress {
  const { url, user, password } = splitUrl(options.url);
  const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString("base64")}`;
  return {
    url,
    authorization: async () => {
      if (user !== null) return basic(`${user}:${password}`);
      return basic(await readCookie(url, options.cookieFile, options.dataFolder ?? defaultDataFolder()));
    },
  };
}

// A cookie is "__cookie__:" and 64 hex digits.
const cookieLengthMax = 1000;

async function readCookie(url: string, cookieFile: string | undefined, dataFolder: string): Promise<string> {
  const files = cookieFile === undefined ? cookieFiles(url, dataFolder) : [cookieFile];
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(() => null);
    if (text === null) continue;
    const cookie = text.trim();
    if (!cookie.includes(":") || cookie.length > cookieLengthMax || /\s/u.test(cookie)) {
      throw new RpcCredentialsError({ url, why: `${file} is not a cookie file` });
    }
    return cookie;
  }
  const where = cookieFile === undefined ? `no cookie in ${dataFolder}` : `no file ${cookieFile} that can be read`;
  throw new RpcCredentialsError({ url, why: `${where}, and no user in the URL` });
}

/** The cookie of the network that usually answers at the URL's port comes first. */
function cookieFiles(url: string, dataFolder: string): string[] {
  const port = Number(new URL(url).port);
  const all = networkNames.map((name) => networks[name]);
  const usual = all.filter((network) => network.rpcPort === port);
  return [...(usual.length > 0 ? usual : all)].map((network) => join(dataFolder, network.dataFolder, ".cookie"));
}

/** Where Bitcoin Core keeps its data unless it is told otherwise. */
function defaultDataFolder(): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "Bitcoin");
  if (process.platform === "win32") return join(process.env.LOCALAPPDATA ?? homedir(), "Bitcoin");
  return join(homedir(), ".bitcoin");
}
