/** The stories of the demo, by their folders' names; the first is the one that is told at length. */
export const storyNames = ["hot-wallet-theft", "bangladesh-bank-2016", "crossing"] as const;
export type StoryName = (typeof storyNames)[number];
