// A process with a desk on a store that others share; its parent kills it. Run by its URL, with what it works with in argv.
import { openSqliteStore } from '../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { runDesk } from './run-desk.ts';

const { file, where, pace } = JSON.parse(process.argv[2] ?? '{}') as {
  file: string;
  where: Parameters<typeof runDesk>[1];
  pace: object;
};
const desk = await runDesk(openSqliteStore({ file }), where, { pace });
process.stdout.write(`${desk.owner}\n`);
