import type { Cue } from "./cues.ts";
import type { Frame } from "./frames.ts";
import type { Range } from "./noun-phrases.ts";
import type { QuotedStretch } from "./quotations.ts";
import type { SpeechAct } from "./statement.ts";

/** An attribution found in one frame, by places in its items; null where the cue only introduces what follows. */
export interface Attribution {
  readonly frame: Frame;
  readonly act: SpeechAct;
  readonly cue: Cue;
  readonly source: Range | null;
  readonly told: Range[];
  readonly quoted: QuotedStretch[];
}
