import { checkUnit } from './check/check-unit.ts';
import type { Resolutions } from './check/scope.ts';
import type { ApexProblem, ApexUnit, CompileInput, CompileResult } from './compilation.ts';
import { dependentsOf } from './dependents.ts';
import type { CompilationUnit } from './parse/ast/ast.ts';
import { isOutOfStack, outOfStack } from './parse/nesting.ts';
import { parseApex, parsedApex } from './parse/parse-apex.ts';
import type { ParseResult } from './parse/parse-apex.ts';
import { declareClass } from './symbols/declare-class.ts';
import type { Program } from './symbols/program.ts';
import type { ClassSymbol } from './symbols/symbol.ts';

/** One unit of a compiled program, as an interpreter needs it. */
export interface CompiledUnit {
  readonly unit: ApexUnit;
  readonly parsed: CompilationUnit;
  readonly symbol: ClassSymbol;
  readonly resolutions: Resolutions;
}

export interface CompiledProgram extends CompileResult {
  readonly program: Program;
  /** Units that parse, whether or not they compile. */
  readonly units: readonly CompiledUnit[];
}

interface ParsedUnit {
  readonly unit: ApexUnit;
  readonly result: ParseResult;
}

/** Parses what `compileParsed` will want parsed. */
export async function parseAll(units: readonly ApexUnit[]): Promise<void> {
  for (const unit of units) await parseApex(unit.kind, unit.source);
}

function parsed(units: readonly ApexUnit[]): ParsedUnit[] {
  return units.map((unit) => {
    const result = parsedApex(unit.kind, unit.source);
    if (result === undefined) throw new Error(`${unit.name} was not parsed before it was compiled.`);
    return { unit, result };
  });
}

/** Declares every unit that parses; of two classes of one name the one that is being deployed counts. */
function declareAll(
  all: readonly ParsedUnit[],
  schema: Program['schema'],
): { program: Program; symbols: Map<ApexUnit, ClassSymbol> } {
  const classes = new Map<string, ClassSymbol>();
  const symbols = new Map<ApexUnit, ClassSymbol>();
  const program: Program = { schema, classes };
  for (const { unit, result } of all) {
    if (!result.ok) continue;
    const symbol = declareClass(result.unit, undefined, () => program);
    symbols.set(unit, symbol);
    const key = symbol.simpleName.toLowerCase();
    if (result.unit.kind !== 'trigger' && !classes.has(key)) classes.set(key, symbol);
  }
  return { program, symbols };
}

function syntaxProblem(unit: ApexUnit, result: Extract<ParseResult, { ok: false }>): ApexProblem {
  const { message, line, column } = result.problem;
  return { unit, message, line, column };
}

/** A second class of a name among the units themselves. */
function duplicateProblem(unit: ApexUnit, units: readonly ApexUnit[]): ApexProblem | undefined {
  const first = units.find((one) => one.kind === unit.kind && one.name.toLowerCase() === unit.name.toLowerCase());
  return first === unit ? undefined : { unit, message: `Duplicate name: ${unit.name}`, line: 1, column: 1 };
}

function nameProblem(unit: ApexUnit, parsed: CompilationUnit): ApexProblem | undefined {
  if (unit.kind === 'anonymous') return undefined;
  const { text, at } = parsed.name;
  if (text.toLowerCase() === unit.name.toLowerCase()) return undefined;
  return {
    unit,
    message: `${unit.kind === 'class' ? 'Class' : 'Trigger'} name must match the file name: ${text}, ${unit.name}`,
    ...at,
  };
}

/**
 * Compiles units together, in any order, with those of the org that already exist, and gives what an interpreter needs.
 * Existing units are compiled again only where they refer, directly or through others, to a unit.
 */
export async function compileProgram(input: CompileInput): Promise<CompiledProgram> {
  await parseAll([...input.units, ...input.existing]);
  return compileParsed(input);
}

/** `compileProgram` for units that `parseAll` has parsed: within a transaction nothing can be waited for. */
export function compileParsed(input: CompileInput): CompiledProgram {
  const own = parsed(input.units);
  const replaced = new Set(input.units.map((unit) => `${unit.kind} ${unit.name.toLowerCase()}`));
  const existing = parsed(input.existing.filter((unit) => !replaced.has(`${unit.kind} ${unit.name.toLowerCase()}`)));
  const { program, symbols } = declareAll([...own, ...existing], input.schema);
  const compiled: CompiledUnit[] = [];
  const check = ({ unit, result }: ParsedUnit): ApexProblem | undefined => {
    if (!result.ok) return syntaxProblem(unit, result);
    const symbol = symbols.get(unit);
    if (symbol === undefined) throw new Error(`${unit.name} was not declared.`);
    try {
      const { problems, resolutions } = checkUnit(unit, result.unit, symbol, program);
      compiled.push({ unit, parsed: result.unit, symbol, resolutions });
      return problems[0] ?? nameProblem(unit, result.unit);
    } catch (error) {
      if (!isOutOfStack(error)) throw error;
      return { unit, ...outOfStack() };
    }
  };
  const problems = own.flatMap((one) => duplicateProblem(one.unit, input.units) ?? check(one) ?? []);
  const affected = dependentsOf(
    input.units,
    existing.map((one) => one.unit),
  );
  const dependentProblems = existing.filter((one) => affected.has(one.unit)).flatMap((one) => check(one) ?? []);
  return { problems, dependentProblems, program, units: compiled };
}

/**
 * Compiles units as a deploy does: at most one problem a unit, worded and placed as Salesforce's compiler does, and the
 * existing units that no longer compile because of them.
 */
export async function compileApex(input: CompileInput): Promise<CompileResult> {
  const { problems, dependentProblems } = await compileProgram(input);
  return { problems, dependentProblems };
}
