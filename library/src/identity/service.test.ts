import { expect, test } from "vitest";
import { isPooledService } from "./service.ts";

test.each(["exchange", "Exchange", "mixing_service", "hosted-wallet", "Casino", "payment processor", "exchanges"])(
  "%s pools its customers' money",
  (category) => {
    expect(isPooledService(category)).toBe(true);
  },
);

test.each(["ransomware", "scam", "donation", "", "user", "hack", null])("%s does not", (category) => {
  expect(isPooledService(category)).toBe(false);
});
