import type { SemanticsCase } from '../semantics-case.ts';

export const properties: readonly SemanticsCase[] = [
  {
    name: 'an automatic property keeps a value',
    classes: {
      Auto: `public class Auto { public Integer value { get; set; } public static String label { get; set; } }`,
    },
    source: `
      Auto a = new Auto();
      System.debug(a.value);
      a.value = 4;
      a.value += 1;
      System.debug(a.value);
      Auto.label = 'x';
      System.debug(Auto.label);
    `,
    prints: ['null', '5', 'x'],
  },
  {
    name: 'a getter computes',
    classes: {
      Rectangle: `
        public class Rectangle {
          public Integer width;
          public Integer height;
          public Integer area {
            get { return width * height; }
          }
        }
      `,
    },
    source: `
      Rectangle r = new Rectangle();
      r.width = 3;
      r.height = 4;
      System.debug(r.area);
      r.width = 10;
      System.debug(r.area);
    `,
    prints: ['12', '40'],
  },
  {
    name: 'a setter receives value',
    classes: {
      Bounded: `
        public class Bounded {
          private Integer kept;
          public Integer size {
            get { return kept; }
            set { System.debug('set ' + value); kept = Math.min(value, 10); }
          }
        }
      `,
    },
    source: `
      Bounded b = new Bounded();
      b.size = 25;
      System.debug(b.size);
    `,
    prints: ['set 25', '10'],
  },
  {
    name: 'within its accessors a property is its own store',
    classes: {
      Lazy: `
        public class Lazy {
          public List<Integer> numbers {
            get {
              if (numbers == null) { System.debug('made'); numbers = new List<Integer>{ 1 }; }
              return numbers;
            }
            set;
          }
        }
      `,
    },
    source: `
      Lazy l = new Lazy();
      l.numbers.add(2);
      System.debug(l.numbers);
    `,
    prints: ['made', '(1, 2)'],
  },
  {
    name: 'a lazy static property is made once',
    classes: {
      Single: `
        public class Single {
          public static Single instance {
            get {
              if (instance == null) { System.debug('made'); instance = new Single(); }
              return instance;
            }
            private set;
          }
          public Integer hits = 0;
        }
      `,
    },
    source: `
      Single.instance.hits++;
      Single.instance.hits++;
      System.debug(Single.instance.hits);
    `,
    prints: ['made', '2'],
  },
  {
    name: 'a private setter is for the class',
    classes: {
      Account2: `
        public class Account2 {
          public Integer balance { get; private set; }
          public Account2() { balance = 0; }
          public void pay(Integer i) { balance += i; }
        }
      `,
    },
    source: `
      Account2 a = new Account2();
      a.pay(5);
      a.pay(6);
      System.debug(a.balance);
    `,
    prints: ['11'],
  },
  {
    name: 'a property that is a list gives the list itself',
    classes: {
      Holder: `
        public class Holder {
          public List<String> items { get; set; }
          public Holder() { items = new List<String>(); }
        }
      `,
    },
    source: `
      Holder h = new Holder();
      h.items.add('a');
      List<String> same = h.items;
      same.add('b');
      System.debug(h.items);
    `,
    prints: ['(a, b)'],
  },
  {
    name: 'a getter calls a method that a subclass overrides',
    classes: {
      Base: `
        public virtual class Base {
          public String kind {
            get { return 'kind ' + name(); }
          }
          protected virtual String name() { return 'base'; }
        }
      `,
      Derived: `
        public class Derived extends Base {
          protected override String name() { return 'derived'; }
        }
      `,
    },
    source: `
      Base b = new Derived();
      System.debug(b.kind);
      System.debug(new Base().kind);
    `,
    prints: ['kind derived', 'kind base'],
  },
  {
    name: 'increments go through both accessors',
    classes: {
      Metered: `
        public class Metered {
          private Integer n = 5;
          public Integer count {
            get { System.debug('get'); return n; }
            set { System.debug('set'); n = value; }
          }
        }
      `,
    },
    source: `
      Metered m = new Metered();
      m.count++;
      System.debug(m.count);
    `,
    prints: ['get', 'set', 'get', '6'],
  },
  {
    name: 'a property only to write',
    classes: {
      Sink: `
        public class Sink {
          public Integer total = 0;
          public Integer more {
            set { total += value; }
          }
        }
      `,
    },
    source: `
      Sink s = new Sink();
      s.more = 3;
      s.more = 4;
      System.debug(s.total);
    `,
    prints: ['7'],
  },
  {
    name: 'an exception in a getter reaches the reader',
    classes: {
      Broken: `
      public class Broken {
        public Integer value {
          get { String s; return s.length(); }
        }
      }
    `,
    },
    source: `try { System.debug(new Broken().value); } catch (NullPointerException e) { System.debug('caught'); }`,
    prints: ['caught'],
  },
];
