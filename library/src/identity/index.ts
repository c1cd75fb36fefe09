export { readTags } from "./read-tags.ts";
export type { Tag, TagFile } from "./tag.ts";
