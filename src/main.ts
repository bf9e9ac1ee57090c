import { runProgram } from './program.ts';

// `opencx-sf … | head` closes the streams early; that is no failure, and must not end a deployment midway.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

await runProgram(process.argv);
