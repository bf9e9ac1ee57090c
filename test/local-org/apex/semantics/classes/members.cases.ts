import type { SemanticsCase } from '../semantics-case.ts';

export const members: readonly SemanticsCase[] = [
  {
    name: 'overloads are told apart by type',
    classes: {
      Over: `
        public class Over {
          public static String of(Integer i) { return 'Integer'; }
          public static String of(String s) { return 'String'; }
          public static String of(List<String> l) { return 'List'; }
          public static String of(Integer i, Integer j) { return 'two'; }
        }
      `,
    },
    source: `
      System.debug(Over.of(1));
      System.debug(Over.of('a'));
      System.debug(Over.of(new List<String>()));
      System.debug(Over.of(1, 2));
    `,
    prints: ['Integer', 'String', 'List', 'two'],
  },
  {
    name: 'constructors are told apart by type',
    classes: {
      Point: `
        public class Point {
          public String text;
          public Point() { this('nothing'); }
          public Point(String s) { text = 'String ' + s; }
          public Point(Integer i) { text = 'Integer ' + i; }
        }
      `,
    },
    source: `
      System.debug(new Point().text);
      System.debug(new Point('x').text);
      System.debug(new Point(3).text);
    `,
    prints: ['String nothing', 'String x', 'Integer 3'],
  },
  {
    name: 'an inner class is made by its outer name, and has its own fields',
    classes: {
      Shell: `
        public class Shell {
          public class Part {
            public Integer value;
            public Part(Integer value) { this.value = value; }
          }
          public Part make() { return new Part(5); }
        }
      `,
    },
    source: `
      System.debug(new Shell.Part(4).value);
      System.debug(new Shell().make().value);
    `,
    prints: ['4', '5'],
  },
  {
    name: 'an inner class uses static members of the outer one',
    classes: {
      Shell: `
        public class Shell {
          private static Integer base = 100;
          private static Integer twice(Integer i) { return i * 2; }
          public class Part {
            public Integer get() { return twice(base) + 1; }
          }
        }
      `,
    },
    source: `System.debug(new Shell.Part().get());`,
    prints: ['201'],
  },
  {
    name: 'names mind no case',
    classes: {
      Mixed: `
        public class Mixed {
          public static Integer TheValue = 3;
          public static String SayHello() { return 'hello'; }
        }
      `,
    },
    source: `
      INTEGER count = mixed.thevalue;
      System.Debug(COUNT);
      SYSTEM.debug(MIXED.sayhello());
    `,
    prints: ['3', 'hello'],
  },
  {
    name: 'methods that return this are chained',
    classes: {
      Builder: `
        public class Builder {
          private List<String> parts = new List<String>();
          public Builder add(String s) { parts.add(s); return this; }
          public String build() { return String.join(parts, '-'); }
        }
      `,
    },
    source: `System.debug(new Builder().add('a').add('b').build());`,
    prints: ['a-b'],
  },
  {
    name: 'a method calls itself',
    classes: {
      Maths: `
        public class Maths {
          public static Integer factorial(Integer n) { return n <= 1 ? 1 : n * factorial(n - 1); }
        }
      `,
    },
    source: `System.debug(Maths.factorial(10));`,
    prints: ['3628800'],
  },
  {
    name: 'toString says how an object prints',
    classes: {
      Money: `
        public class Money {
          private Integer cents;
          public Money(Integer cents) { this.cents = cents; }
          public override String toString() { return cents / 100 + ' dollars'; }
        }
      `,
    },
    source: `
      Money m = new Money(500);
      System.debug(m);
      System.debug(String.valueOf(m));
      System.debug('costs ' + m);
    `,
    prints: ['5 dollars', '5 dollars', 'costs 5 dollars'],
  },
  {
    name: 'a static method of the same class needs no class name',
    classes: {
      Own: `
        public class Own {
          static Integer one() { return 1; }
          public static Integer two() { return one() + Own.one(); }
        }
      `,
    },
    source: `System.debug(Own.two());`,
    prints: ['2'],
  },
  {
    name: 'a parameter hides a field, this shows it',
    classes: {
      Hidden: `
        public class Hidden {
          Integer n = 1;
          public String both(Integer n) { return n + ' ' + this.n; }
        }
      `,
    },
    source: `System.debug(new Hidden().both(2));`,
    prints: ['2 1'],
  },
  {
    name: 'objects are equal when they are the same',
    classes: { Plain: `public class Plain { public Integer i = 1; }` },
    source: `
      Plain a = new Plain();
      Plain b = a;
      System.debug(a == b);
      System.debug(a === b);
      System.debug(a === new Plain());
    `,
    prints: ['true', 'true', 'false'],
  },
  {
    name: '== asks equals of the class, === does not',
    classes: {
      Tag: `
        public class Tag {
          String name;
          public Tag(String name) { this.name = name; }
          public Boolean equals(Object other) { return other instanceof Tag && ((Tag) other).name == name; }
          public Integer hashCode() { return 1; }
        }
      `,
    },
    source: `
      System.debug(new Tag('a') == new Tag('a'));
      System.debug(new Tag('a') == new Tag('b'));
      System.debug(new Tag('a') === new Tag('a'));
    `,
    prints: ['true', 'false', 'false'],
  },
  {
    name: 'a private class variable is reached within its top-level class',
    classes: {
      Nest: `
        public class Nest {
          public class Egg { private Integer weight = 3; }
          public static Integer weigh() { return new Egg().weight; }
        }
      `,
    },
    source: `System.debug(Nest.weigh());`,
    prints: ['3'],
  },
];
