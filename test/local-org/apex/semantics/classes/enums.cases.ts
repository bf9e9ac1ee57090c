import type { SemanticsCase } from '../semantics-case.ts';

const season = { Season: `public enum Season { WINTER, SPRING, SUMMER, FALL }` };

export const enums: readonly SemanticsCase[] = [
  {
    name: 'a value prints its name',
    classes: season,
    source: `
      System.debug(Season.SUMMER);
      System.debug('in ' + Season.FALL);
    `,
    prints: ['SUMMER', 'in FALL'],
  },
  {
    name: 'name and ordinal',
    classes: season,
    source: `
      System.debug(Season.SPRING.name());
      System.debug(Season.WINTER.ordinal());
      System.debug(Season.FALL.ordinal());
    `,
    prints: ['SPRING', '0', '3'],
  },
  {
    name: 'values come in the order of their declaration',
    classes: season,
    source: `for (Season s : Season.values()) { System.debug(s.name()); }`,
    prints: ['WINTER', 'SPRING', 'SUMMER', 'FALL'],
  },
  {
    name: 'valueOf finds a value by its name',
    classes: season,
    source: `System.debug(Season.valueOf('SUMMER') == Season.SUMMER);`,
    prints: ['true'],
  },
  {
    name: 'equality',
    classes: season,
    source: `
      Season s = Season.FALL;
      System.debug(s == Season.FALL);
      System.debug(s != Season.FALL);
      System.debug(s == Season.SPRING);
    `,
    prints: ['true', 'false', 'false'],
  },
  {
    name: 'a variable without a value is null',
    classes: season,
    source: `
      Season s;
      System.debug(s == null);
    `,
    prints: ['true'],
  },
  {
    name: 'a method of null throws',
    classes: season,
    source: `
      Season s;
      System.debug(s.name());
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: 'as a key of a map',
    classes: season,
    source: `
      Map<Season, Integer> m = new Map<Season, Integer>{ Season.WINTER => -5, Season.SUMMER => 25 };
      System.debug(m.get(Season.SUMMER));
      System.debug(m.get(Season.FALL));
    `,
    prints: ['25', 'null'],
  },
  {
    name: 'as an element of a set',
    classes: season,
    source: `
      Set<Season> s = new Set<Season>{ Season.FALL, Season.FALL };
      System.debug(s.size());
      System.debug(s.contains(Season.FALL));
    `,
    prints: ['1', 'true'],
  },
  {
    name: 'an enum inside of a class',
    classes: {
      Parcel: `
        public class Parcel {
          public enum Status { OPEN, CLOSED }
          public Status state = Status.OPEN;
          public void close() { state = Status.CLOSED; }
        }
      `,
    },
    source: `
      Parcel o = new Parcel();
      System.debug(o.state);
      o.close();
      System.debug(o.state == Parcel.Status.CLOSED);
    `,
    prints: ['OPEN', 'true'],
  },
  {
    name: 'as parameter and result of a method',
    classes: {
      ...season,
      Seasons: `
        public class Seasons {
          public static Season after(Season s) { return Season.values()[Math.mod(s.ordinal() + 1, 4)]; }
        }
      `,
    },
    source: `
      System.debug(Seasons.after(Season.SUMMER));
      System.debug(Seasons.after(Season.FALL));
    `,
    prints: ['FALL', 'WINTER'],
  },
  {
    name: 'an enum of the platform',
    source: `
      System.debug(System.RoundingMode.HALF_UP.name());
      System.debug(LoggingLevel.ERROR == LoggingLevel.ERROR);
    `,
    prints: ['HALF_UP', 'true'],
  },
  {
    name: 'an Object holds an enum',
    classes: season,
    source: `
      Object o = Season.SPRING;
      System.debug(o instanceof Season);
      System.debug(((Season) o).ordinal());
    `,
    prints: ['true', '1'],
  },
];
