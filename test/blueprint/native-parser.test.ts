import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { renderBlueprint } from '../../src/blueprint/blueprint.ts';
import { apexFiles } from './apex-grammar.ts';
import { variants } from './variants.ts';

const packageName = '@prettier-apex/apex-ast-serializer-linux-x64';
const binary = join(
  dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)),
  'apex-ast-serializer-linux-x64',
);

/** Syntax errors as the parser of Salesforce's compiler words them. */
async function syntaxErrors(source: string): Promise<string[]> {
  const child = spawn(binary, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(source);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const output = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    'apex.jorje.semantic.compiler.parser.ParserOutput': { parseErrors?: { message: string }[] };
  };
  const { parseErrors } = output['apex.jorje.semantic.compiler.parser.ParserOutput'];
  return (parseErrors ?? []).map(({ message }) => message);
}

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'Salesforce’s parser accepts the Apex of the default and of every option',
  { timeout: 120_000 },
  async () => {
    expect(await syntaxErrors('public class A { void f( { } }')).toEqual(["Missing ')' at '{'"]);
    const seen = new Set<string>();
    for (const [variant, settings] of variants('singles')) {
      for (const [path, content] of apexFiles(await renderBlueprint(settings))) {
        if (seen.has(content)) continue;
        seen.add(content);
        expect(await syntaxErrors(content), `${variant} ${path}`).toEqual([]);
      }
    }
    expect(seen.size).toBeGreaterThan(30);
  },
);
