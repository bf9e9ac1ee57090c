import { presentError } from '../../src/terminal/present-error.ts';
import { ask, choose, confirm } from '../../src/terminal/prompt.ts';
import { createTerminal } from '../../src/terminal/terminal.ts';

// A program that asks single questions, and prints the answers.

const terminal = createTerminal(process, process.env, { json: false, noColor: false, quiet: false, noInput: false });
try {
  const name = await ask(terminal, 'What is it called?');
  const where = await choose(terminal, 'Where is it?', [
    { value: 'here', name: 'Here' },
    { value: 'there', name: 'There' },
  ]);
  const sure = await confirm(terminal, 'Make these 3 changes in Acme?');
  process.stdout.write(JSON.stringify({ name, where, sure }));
} catch (error) {
  presentError(terminal, error, false);
  process.exitCode = (error as { exitCode?: number }).exitCode ?? 1;
}
