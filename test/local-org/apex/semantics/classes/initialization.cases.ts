import type { SemanticsCase } from '../semantics-case.ts';
import { shapes } from './shapes.ts';

export const initialization: readonly SemanticsCase[] = [
  {
    name: 'static code runs when the class is first used, once',
    classes: {
      Noted: `
        public class Noted {
          static { System.debug('static'); }
          public static void touch() { System.debug('touch'); }
        }
      `,
    },
    source: `
      System.debug('before');
      Noted.touch();
      Noted.touch();
    `,
    prints: ['before', 'static', 'touch', 'touch'],
  },
  {
    name: 'static code runs in the order it is written',
    classes: {
      Ordered: `
        public class Ordered {
          static Integer a = note('a', 1);
          static { System.debug('block'); }
          static Integer b = note('b', a + 1);
          public static Integer note(String s, Integer i) { System.debug(s + i); return i; }
          public static Integer sum() { return a + b; }
        }
      `,
    },
    source: `System.debug(Ordered.sum());`,
    prints: ['a1', 'block', 'b2', '3'],
  },
  {
    name: 'code of an instance runs for each object, before the constructor',
    classes: {
      Built: `
        public class Built {
          static { System.debug('static'); }
          { System.debug('instance'); }
          public Built() { System.debug('constructor'); }
        }
      `,
    },
    source: `
      Built a = new Built();
      Built b = new Built();
    `,
    prints: ['static', 'instance', 'constructor', 'instance', 'constructor'],
  },
  {
    name: 'fields and blocks of an instance run in the order they are written',
    classes: {
      Fields: `
        public class Fields {
          public Integer b = 5;
          public Integer a = 1;
          { a = a * 10; b = b + a; }
          public Fields() { a++; }
        }
      `,
    },
    source: `
      Fields f = new Fields();
      System.debug(f.a + ' ' + f.b);
    `,
    prints: ['11 15'],
  },
  {
    name: 'the constructor of the superclass runs first',
    classes: shapes,
    source: `
      Square s = new Square(2);
      System.debug(s.area());
    `,
    prints: ['Shape square', 'Square 2', '4'],
  },
  {
    name: 'a constructor calls another one',
    classes: shapes,
    source: `
      Tile t = new Tile();
      System.debug(t.describe());
    `,
    prints: ['Shape square', 'Square 3', 'Tile', 'tile, square of 9'],
  },
  {
    name: 'super() is called when nothing is said',
    classes: {
      Base: `
        public virtual class Base {
          public Base() { System.debug('Base'); }
        }
      `,
      Derived: `
        public class Derived extends Base {
          public Derived() { System.debug('Derived'); }
        }
      `,
      Silent: `public class Silent extends Base { }`,
    },
    source: `
      Derived d = new Derived();
      Silent s = new Silent();
    `,
    prints: ['Base', 'Derived', 'Base'],
  },
  {
    name: 'fields without a value are null',
    classes: {
      Empty: `
        public class Empty {
          public Integer i;
          public String s;
          public Boolean b;
          public List<String> l;
          public static Decimal d;
        }
      `,
    },
    source: `
      Empty e = new Empty();
      System.debug(e.i);
      System.debug(e.s);
      System.debug(e.b);
      System.debug(e.l);
      System.debug(Empty.d);
    `,
    prints: ['null', 'null', 'null', 'null', 'null'],
  },
  {
    name: 'a final field is set in the constructor',
    classes: {
      Fixed: `
        public class Fixed {
          public final Integer size;
          public static final Integer MAX = 10;
          public Fixed(Integer size) { this.size = Math.min(size, MAX); }
        }
      `,
    },
    source: `
      System.debug(new Fixed(4).size);
      System.debug(new Fixed(40).size);
    `,
    prints: ['4', '10'],
  },
  {
    name: 'static variables live as long as the transaction',
    classes: {
      Counter: `
        public class Counter {
          public static Integer count = 0;
          public static void add() { count++; }
        }
      `,
    },
    source: `
      Counter.add();
      Counter.add();
      System.debug(Counter.count);
      Counter.count = 40;
      Counter.add();
      System.debug(Counter.count);
    `,
    prints: ['2', '41'],
  },
  {
    name: 'a static variable is shared, a field is not',
    classes: {
      Made: `
        public class Made {
          public static Integer made = 0;
          public Integer own = 0;
          public Made() { made++; own++; }
        }
      `,
    },
    source: `
      Made a = new Made();
      Made b = new Made();
      System.debug(Made.made);
      System.debug(b.own);
    `,
    prints: ['2', '1'],
  },
];
