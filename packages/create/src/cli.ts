import { chooseCommand } from './commands.ts';

// A reader such as head may close the pipe early: nothing is wrong then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exitCode = 1;
});

const run = await chooseCommand(process.argv.slice(2));
process.exitCode = await run();
