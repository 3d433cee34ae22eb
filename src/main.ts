/** The entry of the command `doorstep`: bin/doorstep.js runs what this compiles to. */
import { runDoorstep } from './cli/run-doorstep.ts';

// Set and not called: process.exit would cut off what is still being written to a pipe.
process.exitCode = await runDoorstep(process.argv.slice(2));
