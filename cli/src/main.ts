import { Command, CommanderError } from "commander";
import { actorsCommand } from "./commands/actors.ts";
import { claimsCommand } from "./commands/claims.ts";
import { demoCommand } from "./commands/demo.ts";
import { incidentsCommand } from "./commands/incidents.ts";
import { ingestCommand } from "./commands/ingest.ts";
import { ledgersCommand } from "./commands/ledgers.ts";
import { linkCommand } from "./commands/link.ts";
import { showCommand } from "./commands/show.ts";
import { traceCommand } from "./commands/trace.ts";
import { exitStatus, reportError } from "./terminal/run.ts";
import { version } from "./version.ts";

// A reader that closes its end early (`spoor show … | head`) is not a fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitStatus.done);
  console.error(`spoor: the result cannot be written: ${error.message}`);
  process.exit(exitStatus.wrongUse);
});

const program = new Command("spoor")
  .description("Follow stolen money to the source. A trail shows where value went, not who is guilty.")
  .version(version)
  .showSuggestionAfterError()
  .showHelpAfterError("(add --help for the options)")
  .addCommand(ingestCommand())
  .addCommand(traceCommand())
  .addCommand(showCommand())
  .addCommand(linkCommand())
  .addCommand(claimsCommand())
  .addCommand(ledgersCommand())
  .addCommand(incidentsCommand())
  .addCommand(actorsCommand())
  .addCommand(demoCommand());

for (const command of allCommands(program)) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.wrongUse;
  else process.exitCode = reportError(error);
}

function* allCommands(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* allCommands(child);
}
