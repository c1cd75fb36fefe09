/**
 * What a command does, loaded when it is run: of the modules behind a command, those that say what may be written are
 * loaded at every start, and those that do it only here.
 */
export const later =
  <Given extends unknown[]>(load: () => Promise<(...given: Given) => Promise<void>>) =>
  async (...given: Given): Promise<void> =>
    (await load())(...given);
