export { readTags } from "./read-tags.ts";
export { isPooledService } from "./service.ts";
export type { Tag, TagFile } from "./tag.ts";
