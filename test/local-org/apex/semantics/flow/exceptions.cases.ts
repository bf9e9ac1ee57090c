import type { SemanticsCase } from '../semantics-case.ts';

export const exceptions: readonly SemanticsCase[] = [
  {
    name: 'a catch takes its type, with type and message',
    source: `
      try {
        Integer zero = 0;
        Integer i = 1 / zero;
      } catch (MathException e) {
        System.debug(e.getTypeName());
        System.debug(e.getMessage());
      }
    `,
    prints: ['System.MathException', 'Divide by 0'],
  },
  {
    name: 'the first catch that fits takes it',
    source: `
      try {
        String s;
        s.length();
      } catch (MathException e) {
        System.debug('math');
      } catch (NullPointerException e) {
        System.debug('null');
      } catch (Exception e) {
        System.debug('any');
      }
    `,
    prints: ['null'],
  },
  {
    name: 'Exception catches every type',
    source: `
      try {
        Integer.valueOf('x');
      } catch (Exception e) {
        System.debug(e.getTypeName() + ': ' + e.getMessage());
      }
    `,
    prints: ['System.TypeException: Invalid integer: x'],
  },
  {
    name: 'what no catch takes goes on to the caller',
    source: `
      try {
        try {
          List<Integer> l = new List<Integer>();
          l[0] = 1;
        } catch (MathException e) {
          System.debug('math');
        }
        System.debug('not reached');
      } catch (ListException e) {
        System.debug(e.getMessage());
      }
    `,
    prints: ['List index out of bounds: 0'],
  },
  {
    name: 'finally runs with and without an exception',
    source: `
      try {
        System.debug('try');
      } catch (Exception e) {
        System.debug('catch');
      } finally {
        System.debug('finally');
      }
      try {
        Integer.valueOf('x');
      } catch (TypeException e) {
        System.debug('catch');
      } finally {
        System.debug('finally');
      }
    `,
    prints: ['try', 'finally', 'catch', 'finally'],
  },
  {
    name: 'finally runs before an exception leaves',
    source: `
      try {
        try { Integer.valueOf('x'); } finally { System.debug('finally'); }
      } catch (TypeException e) {
        System.debug('outer catch');
      }
    `,
    prints: ['finally', 'outer catch'],
  },
  {
    name: 'finally runs before return',
    classes: {
      Returner: `
        public class Returner {
          public static Integer go() {
            try { return 1; } finally { System.debug('finally'); }
          }
        }
      `,
    },
    source: `System.debug(Returner.go());`,
    prints: ['finally', '1'],
  },
  {
    name: 'finally runs on break and continue',
    source: `
      for (Integer i = 0; i < 3; i++) {
        try {
          if (i == 0) { continue; }
          break;
        } finally {
          System.debug('finally ' + i);
        }
      }
    `,
    prints: ['finally 0', 'finally 1'],
  },
  {
    name: 'statements after the throwing one do not run',
    source: `
      try {
        System.debug('one');
        String s;
        s.trim();
        System.debug('two');
      } catch (NullPointerException e) {
        System.debug('caught');
      }
      System.debug('after');
    `,
    prints: ['one', 'caught', 'after'],
  },
  {
    name: 'getLineNumber is the line that threw',
    classes: { Thrower: `public class Thrower {\n  public static void go() {\n    String s;\n    s.trim();\n  }\n}` },
    source: `try { Thrower.go(); } catch (NullPointerException e) { System.debug(e.getLineNumber()); }`,
    prints: ['4'],
  },
  {
    name: 'an exception thrown in a catch is not taken by its neighbours',
    source: `
      try {
        try {
          Integer.valueOf('x');
        } catch (TypeException e) {
          String s;
          s.trim();
        } catch (NullPointerException e) {
          System.debug('neighbour');
        }
      } catch (NullPointerException e) {
        System.debug('outer');
      }
    `,
    prints: ['outer'],
  },
  {
    name: 'an assertion that fails cannot be caught',
    source: `try { System.assertEquals(1, 2); } catch (Exception e) { System.debug('caught'); }`,
    throws: 'System.AssertException: Assertion Failed: Expected: 1, Actual: 2',
  },
  {
    name: 'an assertion with a message',
    source: `System.assert(1 > 2, 'numbers are broken');`,
    throws: 'System.AssertException: Assertion Failed: numbers are broken',
  },
  {
    name: 'a query without rows for one record',
    source: `
      try {
        Account a = [SELECT Id FROM Account WHERE Name = 'Nobody'];
      } catch (QueryException e) {
        System.debug(e.getMessage());
      }
    `,
    prints: ['List has no rows for assignment to SObject'],
  },
];
