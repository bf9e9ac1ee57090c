import { runProgram } from './program.ts';

// `opencx-sf … | head` closes stdout early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await runProgram(process.argv);
