import type { CompileApex } from './compile-package.ts';

/** The Apex compiler, loaded when first needed: its grammar is the heaviest module of the local org. */
export const compileApex: CompileApex = async (input) => {
  const compiler = await import('../../apex/compile-apex.ts');
  return await compiler.compileApex(input);
};
