import { stripVTControlCharacters } from 'node:util';

/**
 * Aligns rows in columns, two spaces between; the last column is never padded and nothing is cut.
 * @param rows cells, which may carry colour
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, visibleLength(cell));
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, index) =>
          index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - visibleLength(cell)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function visibleLength(cell: string): number {
  return Array.from(stripVTControlCharacters(cell)).length;
}
