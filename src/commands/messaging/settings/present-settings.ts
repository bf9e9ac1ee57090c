import type { Colour } from '../../../terminal/colour-level.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { SettingJson } from './result-schema.ts';

/** A line a value, nothing else behind it, so that it can be copied; below it what was found. */
export function settingsText(settings: readonly SettingJson[], colour: Colour, columns: number): string {
  const widest = Math.max(...settings.map(({ name }) => name.length));
  const lines = (setting: SettingJson) =>
    settingLines(setting, widest, colour).map((line) => wrap(line, columns, '      '));
  return [
    colour.bold('OpenCX, Salesforce → MIAW tab, in its order:'),
    ...settings.filter(({ inOpencx }) => inOpencx).flatMap(lines),
    '',
    colour.bold('What belongs to it, and is no field there:'),
    ...settings.filter(({ inOpencx }) => !inOpencx).flatMap(lines),
  ].join('\n');
}

function settingLines({ name, value, status, detail, remedy }: SettingJson, widest: number, colour: Colour): string[] {
  const marks = {
    pass: colour.green('✓'),
    warn: colour.yellow('!'),
    fail: colour.red('✗'),
    unchecked: colour.dim('·'),
  } as const;
  return [
    `${marks[status]} ${name.padEnd(widest)}  ${value === null ? colour.dim('(not known)') : colour.cyan(safeText(value))}`,
    `    ${colour.dim(safeText(detail))}`,
    ...(remedy === undefined ? [] : [`    ${colour.cyan('→')} ${safeText(remedy)}`]),
  ];
}
