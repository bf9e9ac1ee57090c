import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

enableCompileCache();

// node:sqlite works on Node 22 and says at every start that it is experimental; a user can do nothing with that.
const emitWarning = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).includes('SQLite is an experimental feature'))
    Reflect.apply(emitWarning, process, [warning, ...rest]);
};

// A checkout holds the sources and runs them as they are; a package holds only what was built from them.
const source = new URL('../src/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href);
