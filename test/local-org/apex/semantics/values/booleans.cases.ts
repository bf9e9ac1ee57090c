import type { SemanticsCase } from '../semantics-case.ts';

/** Says that it was asked, and what it answers. */
const asked = `
  public class Asked {
    public static Boolean yes(String name) { System.debug('asked ' + name); return true; }
    public static Boolean no(String name) { System.debug('asked ' + name); return false; }
  }
`;

export const booleans: readonly SemanticsCase[] = [
  {
    name: 'and, or, not',
    source: `
      System.debug(true && false);
      System.debug(true || false);
      System.debug(!true);
      System.debug(!(true && false));
    `,
    prints: ['false', 'true', 'false', 'true'],
  },
  {
    name: '&& does not ask the right side after false',
    classes: { Asked: asked },
    source: `System.debug(Asked.no('left') && Asked.yes('right'));`,
    prints: ['asked left', 'false'],
  },
  {
    name: '&& asks the right side after true',
    classes: { Asked: asked },
    source: `System.debug(Asked.yes('left') && Asked.no('right'));`,
    prints: ['asked left', 'asked right', 'false'],
  },
  {
    name: '|| does not ask the right side after true',
    classes: { Asked: asked },
    source: `System.debug(Asked.yes('left') || Asked.no('right'));`,
    prints: ['asked left', 'true'],
  },
  {
    name: '|| asks the right side after false',
    classes: { Asked: asked },
    source: `System.debug(Asked.no('left') || Asked.no('right'));`,
    prints: ['asked left', 'asked right', 'false'],
  },
  {
    name: 'short circuits guard against null',
    source: `
      String s;
      System.debug(s != null && s.length() > 2);
      System.debug(s == null || s.length() > 2);
    `,
    prints: ['false', 'true'],
  },
  {
    name: '^ is true when the sides differ',
    source: `
      System.debug(true ^ false);
      System.debug(true ^ true);
    `,
    prints: ['true', 'false'],
  },
  {
    name: '&& binds more tightly than ||',
    source: `
      System.debug(true || false && false);
      System.debug((true || false) && false);
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'a Boolean without a value is null',
    source: `
      Boolean b;
      System.debug(b == null);
      System.debug(b == false);
      System.debug(b);
    `,
    prints: ['true', 'false', 'null'],
  },
  {
    name: 'a condition that is null throws',
    source: `
      Boolean b;
      if (b) { System.debug('yes'); }
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: 'equality of Booleans',
    source: `
      Boolean a = true;
      Boolean b = 1 < 2;
      System.debug(a == b);
      System.debug(a != b);
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'valueOf is true only for the word true',
    source: `
      System.debug(Boolean.valueOf('true'));
      System.debug(Boolean.valueOf('yes'));
    `,
    prints: ['true', 'false'],
  },
];
