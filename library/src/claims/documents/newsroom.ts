import type { Outlet } from "./document.ts";

/** The newsroom that an outlet is of, which counts once whatever names it publishes under. */
export function newsroomOf({ family, name }: Outlet): string {
  return family ?? name;
}
