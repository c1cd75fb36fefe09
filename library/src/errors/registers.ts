import { SpoorError } from "./base.ts";

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text);

/** A named bound was met; nothing of the file is taken in. */
export class RegisterTooLargeError extends SpoorError {
  constructor(data: { file: string; limit: string; max: number; unit: string; path?: string }) {
    super({
      code: "registers/too-large",
      kind: "limit",
      what: `The file has more than ${data.max} ${data.unit} (${data.limit})`,
      where: data.path === undefined ? data.file : `${data.file} at ${data.path}`,
      remedy: "Split it, or keep the entries that you need.",
      data,
    });
  }
}

export class RegisterJsonError extends SpoorError {
  constructor(data: { file: string; why: string }, cause?: unknown) {
    const why = cut(data.why, 200);
    super({
      code: "registers/json",
      what: `This is no JSON: ${why}`,
      where: data.file,
      remedy: "Fetch the file anew from the register, and give it unchanged.",
      data: { ...data, why },
      cause,
    });
  }
}

/** The file is JSON of another kind than any that is read. */
export class RegisterFormatError extends SpoorError {
  constructor(data: { file: string; why: string }) {
    super({
      code: "registers/format",
      what: `This is no register that can be read: ${data.why}`,
      where: data.file,
      remedy:
        "Give a STIX 2 bundle with intrusion sets (MITRE ATT&CK), a MISP galaxy cluster of threat actors, or a " +
        "write-up that begins with its fields.",
      data,
    });
  }
}

/** An entry lacks what it must have, or has something else there. */
export class RegisterEntryError extends SpoorError {
  constructor(data: { file: string; path: string; why: string }, cause?: unknown) {
    const why = cut(data.why, 300);
    super({
      code: "registers/entry",
      what: `An entry cannot be read: ${why}`,
      where: `${data.file} at ${data.path}`,
      remedy: "Mend it there, or take it out; nothing of the file was taken in.",
      data: { ...data, why },
      cause,
    });
  }
}

export class ActorUnknownError extends SpoorError {
  constructor(data: { name: string; known: number }) {
    super({
      code: "registers/actor-unknown",
      what: `No register that was given knows an actor called ${JSON.stringify(cut(data.name, 100))}`,
      remedy:
        data.known === 0
          ? "Give a register first, with 'spoor actors import FILE' or --files: MITRE ATT&CK or MISP's threat actors."
          : "'spoor actors list' shows the names that are known.",
      data,
    });
  }
}

export class IncidentUnknownError extends SpoorError {
  constructor(data: { id: string }) {
    super({
      code: "registers/incident-unknown",
      what: `There is no incident ${JSON.stringify(cut(data.id, 100))}`,
      remedy: "'spoor incidents list' shows the ids.",
      data,
    });
  }
}

export class RegisterFileError extends SpoorError {
  constructor(data: { file: string; why: string }, cause?: unknown) {
    const why = cut(data.why, 200);
    super({
      code: "registers/file",
      what: `The file cannot be read: ${why}`,
      where: data.file,
      remedy: "Check the path and the permissions.",
      data: { ...data, why },
      cause,
    });
  }
}
