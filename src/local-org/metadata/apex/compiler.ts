import type { CompileApex } from './compile-package.ts';

/** The Apex compiler, loaded when first needed: its grammar is the heaviest module of the local org. */
export const compileApex: CompileApex = async (input) => {
  const { compileRunnable } = await import('../../apex/compile-runnable.ts');
  return await compileRunnable(input);
};
