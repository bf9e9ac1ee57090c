import type { SemanticsCase } from '../semantics-case.ts';
import { shapes } from './shapes.ts';

export const inheritance: readonly SemanticsCase[] = [
  {
    name: 'the object decides which override runs, not the variable',
    classes: shapes,
    source: `
      Shape s = new Tile(2);
      System.debug(s.describe());
    `,
    prints: ['Shape square', 'Square 2', 'tile, square of 4'],
  },
  {
    name: 'a method of the superclass calls the override',
    classes: {
      Greeter: `
        public virtual class Greeter {
          public String greet() { return 'Hello ' + name(); }
          protected virtual String name() { return 'you'; }
        }
      `,
      Named: `
        public class Named extends Greeter {
          protected override String name() { return 'Ann'; }
        }
      `,
    },
    source: `
      System.debug(new Greeter().greet());
      System.debug(new Named().greet());
    `,
    prints: ['Hello you', 'Hello Ann'],
  },
  {
    name: 'an interface has many faces',
    classes: {
      Speaker: `public interface Speaker { String speak(); }`,
      Cow: `
        public class Cow implements Speaker {
          public String speak() { return 'moo'; }
        }
      `,
      Duck: `
        public class Duck implements Speaker {
          public String speak() { return 'quack'; }
        }
      `,
    },
    source: `for (Speaker s : new List<Speaker>{ new Cow(), new Duck() }) { System.debug(s.speak()); }`,
    prints: ['moo', 'quack'],
  },
  {
    name: 'an interface extends another',
    classes: {
      Things: `
        public class Things {
          public interface Named { String name(); }
          public interface Priced extends Named { Integer price(); }
          public class Book implements Priced {
            public String name() { return 'book'; }
            public Integer price() { return 12; }
          }
        }
      `,
    },
    source: `
      Things.Priced p = new Things.Book();
      Things.Named n = p;
      System.debug(n.name() + ' ' + p.price());
    `,
    prints: ['book 12'],
  },
  {
    name: 'a class implements two interfaces',
    classes: {
      Roles: `
        public class Roles {
          public interface Reader { String read(); }
          public interface Writer { String write(); }
          public class Both implements Reader, Writer {
            public String read() { return 'r'; }
            public String write() { return 'w'; }
          }
        }
      `,
    },
    source: `
      Roles.Both b = new Roles.Both();
      Roles.Reader r = b;
      Roles.Writer w = b;
      System.debug(r.read() + w.write());
    `,
    prints: ['rw'],
  },
  {
    name: 'an abstract class implements a part of an interface',
    classes: {
      Jobs: `
        public class Jobs {
          public interface Job { String run(); String name(); }
          public abstract class Base implements Job {
            public String run() { return 'runs ' + name(); }
            public abstract String name();
          }
          public class Sweep extends Base {
            public override String name() { return 'sweep'; }
          }
        }
      `,
    },
    source: `
      Jobs.Job j = new Jobs.Sweep();
      System.debug(j.run());
    `,
    prints: ['runs sweep'],
  },
  {
    name: 'protected members are seen in subclasses',
    classes: {
      Base: `public virtual class Base { protected Integer secret = 7; }`,
      Derived: `
        public class Derived extends Base {
          public Integer reveal() { return secret + 1; }
        }
      `,
    },
    source: `System.debug(new Derived().reveal());`,
    prints: ['8'],
  },
];
