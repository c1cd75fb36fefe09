import type { JointLink } from "./joint-request.ts";
import type { Link } from "./link.ts";

/** A link with its movements as the columns number them. */
export interface PlacedLink {
  readonly link: Link;
  readonly sides: JointLink;
}

export interface ChosenLinks {
  /** In the order in which they are to stand in the request. */
  readonly followed: readonly PlacedLink[];
  readonly notFollowed: readonly { readonly placed: PlacedLink; readonly why: string }[];
}

/**
 * Chooses what is followed: a movement feeds at most one link, and none below the asked confidence. Of rivals the one
 * with the higher confidence is followed; of equals one that a person declared before one that a rule found; then the
 * lower id. The same links give the same choice in whatever order they come.
 *
 * @param confidenceMin 0 to 1
 */
export function chooseLinks(links: readonly PlacedLink[], confidenceMin: number): ChosenLinks {
  const rank = ({ link }: PlacedLink) => (link.basis === "declared" || link.basis === "memo" ? 0 : 1);
  const ordered = [...links].sort(
    (a, b) => b.link.confidence - a.link.confidence || rank(a) - rank(b) || (a.link.id < b.link.id ? -1 : 1),
  );
  const takenBy = new Map<string, string>();
  const followed: PlacedLink[] = [];
  const notFollowed: { placed: PlacedLink; why: string }[] = [];
  for (const placed of ordered) {
    const { link, sides } = placed;
    const keys = [sides.from, sides.to].flatMap(({ part, ids }) => ids.map((id) => `${part} ${id}`));
    const rival = keys.map((key) => takenBy.get(key)).find((id) => id !== undefined);
    if (link.confidence < confidenceMin) {
      notFollowed.push({ placed, why: `its confidence ${link.confidence} is below the asked ${confidenceMin}` });
    } else if (rival !== undefined) {
      notFollowed.push({
        placed,
        why: `a movement feeds one link only, and ${rival} has the better claim to one of its movements`,
      });
    } else {
      for (const key of keys) takenBy.set(key, link.id);
      followed.push(placed);
    }
  }
  return { followed, notFollowed };
}
