import { ClaimsStore } from "./claims-store.ts";
import { articleText, madeUp } from "./store.fixture.ts";

// Run by the tests as a process of its own: adds made-up articles and says each id once it is stored.
const [folder = "", name = "", from = "0", to = "0"] = process.argv.slice(2);
const store = ClaimsStore.open(folder);
for (let number = Number(from); number < Number(to); number++) {
  const article = await madeUp(articleText(number), { name: `${name}-${number}.md`, at: "2031-05-01T00:00:00.000Z" });
  await store.addDocument(article);
  process.stdout.write(`${article.document.id}\n`);
}
store.close();
