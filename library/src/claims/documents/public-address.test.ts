import fc from "fast-check";
import { expect, test } from "vitest";
import { isLoopback, notPublicBecause } from "./public-address.ts";

test.each([
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.8",
  "192.0.2.1",
  "192.168.1.1",
  "198.19.0.1",
  "203.0.113.9",
  "224.0.0.251",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:10.0.0.1",
  "::ffff:8.8.8.8",
  "::8.8.8.8",
  "64:ff9b::a00:1",
  "64:ff9b:1::1",
  "100::1",
  "fc00::1",
  "fdab::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "2001::1",
  "2001:db8::1",
  "2002:a00:1::",
  "3fff::1",
  "5f00::1",
  "4000::1",
  "name.example",
  "",
])("%s is not public", (address) => {
  expect(notPublicBecause(address)).not.toBeNull();
});

test.each(["8.8.8.8", "100.63.255.255", "172.15.0.1", "172.32.0.1", "198.17.0.1", "2606:4700::1", "2a00:1450::1"])(
  "%s is public",
  (address) => {
    expect(notPublicBecause(address)).toBeNull();
  },
);

test("every address of the private networks is refused, also as IPv6", () => {
  const byte = fc.nat({ max: 255 });
  fc.assert(
    fc.property(fc.constantFrom("10", "127", "192.168", "169.254", "172.20"), byte, byte, byte, (net, a, b, c) => {
      const address = [...net.split("."), a, b, c].slice(0, 4).join(".");
      expect(notPublicBecause(address)).not.toBeNull();
      expect(notPublicBecause(`::ffff:${address}`)).not.toBeNull();
      expect(notPublicBecause(`64:ff9b::${address}`)).not.toBeNull();
    }),
    { seed: 2 },
  );
});

test("this machine is told from the rest of what is not public", () => {
  expect(["127.0.0.1", "127.9.9.9", "::1"].every(isLoopback)).toBe(true);
  expect(["10.0.0.1", "::ffff:127.0.0.1", "0.0.0.0", "localhost"].some(isLoopback)).toBe(false);
});
