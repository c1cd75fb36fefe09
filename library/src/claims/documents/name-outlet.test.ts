import { expect, test } from "vitest";
import { nameOutlet } from "./name-outlet.ts";

const of = (url: string | null, siteName: string | null = null, notice: string | null = null) =>
  nameOutlet({ url, siteName, notice });

test.each([
  ["https://www.bbc.co.uk/news/1", null, null, "BBC", "bbc.co.uk", "BBC", "address"],
  ["https://edition.cnn.com/x", null, null, "CNN", "cnn.com", "CNN", "address"],
  ["https://www.wsj.com/", "Some Blog", null, "The Wall Street Journal", "wsj.com", "Dow Jones", "address"],
  ["https://abcnews.go.com/x", null, null, "ABC News", "go.com", "ABC (US)", "address"],
  ["https://a.harbour-post.co.uk/x", "Harbour Post", null, "Harbour Post", "harbour-post.co.uk", null, "metadata"],
  ["https://harbour.example/x", null, "Someone Else", "harbour.example", "harbour.example", null, "address"],
  [null, "The Washington Post", null, "The Washington Post", "washingtonpost.com", "The Washington Post", "metadata"],
  [null, null, "Harbour Post", "Harbour Post", null, null, "text"],
])("%s, %s, %s: %s", (url, siteName, notice, name, domain, family, basis) => {
  expect(of(url, siteName, notice)).toEqual({ name, domain, family, basis });
});

test("an address in figures names nobody", () => {
  expect(of("http://93.184.216.34/")).toBeNull();
  expect(of(null)).toBeNull();
});
