import type { RegexNode } from './regex-node.ts';

/** How many UTF-16 units a part takes at least and at most. */
interface Width {
  readonly min: number;
  readonly max: number;
}

const nothing: Width = { min: 0, max: 0 };

/** The lengths of what a part can match; of a reference to a group nothing is known. */
export function widthOf(node: RegexNode): Width {
  switch (node.kind) {
    case 'char':
      return { min: 1, max: 2 };
    case 'place':
    case 'look':
      return nothing;
    case 'sequence': {
      const widths = node.parts.map(widthOf);
      return widths.reduce((sum, one) => ({ min: sum.min + one.min, max: sum.max + one.max }), nothing);
    }
    case 'choice': {
      const widths = node.branches.map(widthOf);
      return { min: Math.min(...widths.map((one) => one.min)), max: Math.max(...widths.map((one) => one.max)) };
    }
    case 'capture':
    case 'atomic':
      return widthOf(node.body);
    case 'reference':
      return { min: 0, max: Infinity };
    case 'repeat': {
      const { min, max } = widthOf(node.body);
      return { min: min * node.min, max: max === 0 || node.max === 0 ? 0 : max * node.max };
    }
  }
}
