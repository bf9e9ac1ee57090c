import type { SemanticsCase } from '../semantics-case.ts';

const season = `public enum Season { WINTER, SPRING, SUMMER, FALL }`;

export const switches: readonly SemanticsCase[] = [
  {
    name: 'an Integer',
    source: `
      Integer i = 3;
      switch on i {
        when 2 { System.debug('two'); }
        when 3 { System.debug('three'); }
        when else { System.debug('other'); }
      }
    `,
    prints: ['three'],
  },
  {
    name: 'when else takes the rest',
    source: `
      Integer i = 9;
      switch on i {
        when 2 { System.debug('two'); }
        when else { System.debug('other'); }
      }
    `,
    prints: ['other'],
  },
  {
    name: 'nothing happens without a match',
    source: `
      Integer i = 9;
      switch on i {
        when 2 { System.debug('two'); }
      }
      System.debug('after');
    `,
    prints: ['after'],
  },
  {
    name: 'there is no falling through',
    source: `
      Integer i = 1;
      switch on i {
        when 1 { System.debug('one'); }
        when 2 { System.debug('two'); }
        when else { System.debug('other'); }
      }
      System.debug('after');
    `,
    prints: ['one', 'after'],
  },
  {
    name: 'several values',
    source: `
      for (Integer i = 1; i <= 5; i++) {
        switch on i {
          when 2, 4 { System.debug(i + ' even'); }
          when -1, 1, 3, 5 { System.debug(i + ' odd'); }
        }
      }
    `,
    prints: ['1 odd', '2 even', '3 odd', '4 even', '5 odd'],
  },
  {
    name: 'a negative value',
    source: `
      Integer i = -3;
      switch on i {
        when -3 { System.debug('minus three'); }
        when 3 { System.debug('three'); }
      }
    `,
    prints: ['minus three'],
  },
  {
    name: 'null',
    source: `
      Integer i;
      switch on i {
        when 0 { System.debug('zero'); }
        when null { System.debug('none'); }
        when else { System.debug('other'); }
      }
    `,
    prints: ['none'],
  },
  {
    name: 'null without a branch of its own goes to when else',
    source: `
      Integer i;
      switch on i {
        when 0 { System.debug('zero'); }
        when else { System.debug('other'); }
      }
    `,
    prints: ['other'],
  },
  {
    name: 'a Long',
    source: `
      Long l = 3000000000L;
      switch on l {
        when 3000000000L { System.debug('three billion'); }
        when else { System.debug('other'); }
      }
    `,
    prints: ['three billion'],
  },
  {
    name: 'a String',
    source: `
      String s = 'b';
      switch on s {
        when 'a', 'b' { System.debug('early'); }
        when else { System.debug('late'); }
      }
    `,
    prints: ['early'],
  },
  {
    name: 'an empty branch',
    source: `
      Integer i = 2;
      switch on i {
        when 2 { }
        when else { System.debug('other'); }
      }
      System.debug('after');
    `,
    prints: ['after'],
  },
  {
    name: 'an enum',
    classes: { Season: season },
    source: `
      Season s = Season.FALL;
      switch on s {
        when WINTER, SPRING { System.debug('first half'); }
        when SUMMER, FALL { System.debug('second half'); }
      }
    `,
    prints: ['second half'],
  },
  {
    name: 'an enum that is null',
    classes: { Season: season },
    source: `
      Season s;
      switch on s {
        when WINTER { System.debug('cold'); }
        when null { System.debug('none'); }
        when else { System.debug('else'); }
      }
    `,
    prints: ['none'],
  },
  {
    name: 'the type of an sObject',
    source: `
      for (SObject s : new List<SObject>{ new Account(Name = 'Acme'), new Contact(LastName = 'Ray'), new Case() }) {
        switch on s {
          when Account a { System.debug('account ' + a.Name); }
          when Contact c { System.debug('contact ' + c.LastName); }
          when else { System.debug('other'); }
        }
      }
    `,
    prints: ['account Acme', 'contact Ray', 'other'],
  },
  {
    name: 'the type of an sObject that is null',
    source: `
      SObject s;
      switch on s {
        when Account a { System.debug('account'); }
        when null { System.debug('none'); }
        when else { System.debug('other'); }
      }
    `,
    prints: ['none'],
  },
  {
    name: 'the result of a method, asked once',
    classes: {
      Counter: `
        public class Counter {
          public static Integer calls = 0;
          public static Integer next() { calls++; return calls; }
        }
      `,
    },
    source: `
      switch on Counter.next() {
        when 3 { System.debug('three'); }
        when 2 { System.debug('two'); }
        when 1 { System.debug('one'); }
      }
      System.debug(Counter.calls);
    `,
    prints: ['one', '1'],
  },
  {
    name: 'return leaves the method',
    classes: {
      Namer: `
        public class Namer {
          public static String name(Integer i) {
            switch on i {
              when 1 { return 'one'; }
              when 2 { return 'two'; }
              when else { return 'many'; }
            }
          }
        }
      `,
    },
    source: `
      System.debug(Namer.name(1));
      System.debug(Namer.name(2));
      System.debug(Namer.name(3));
    `,
    prints: ['one', 'two', 'many'],
  },
  {
    name: 'continue belongs to the loop around',
    source: `
      for (Integer i = 0; i < 3; i++) {
        switch on i {
          when 1 { continue; }
        }
        System.debug(i);
      }
    `,
    prints: ['0', '2'],
  },
  {
    name: 'an expression',
    source: `
      Integer i = 4;
      switch on i * 2 + 1 {
        when 9 { System.debug('nine'); }
        when else { System.debug('other'); }
      }
    `,
    prints: ['nine'],
  },
];
