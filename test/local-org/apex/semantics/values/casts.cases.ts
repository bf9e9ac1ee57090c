import type { SemanticsCase } from '../semantics-case.ts';

const animals = `
  public class Animals {
    public interface Walker { String walk(); }
    public virtual class Animal {
      public virtual String say() { return 'noise'; }
    }
    public virtual class Dog extends Animal implements Walker {
      public override String say() { return 'bark'; }
      public String walk() { return 'trot'; }
    }
    public class Puppy extends Dog { }
    public class Cat extends Animal { }
  }
`;

export const casts: readonly SemanticsCase[] = [
  {
    name: 'an Object is cast back to what it is',
    source: `
      Object o = 5;
      Integer i = (Integer) o;
      System.debug(i + 1);
      o = 'text';
      System.debug(((String) o).toUpperCase());
    `,
    prints: ['6', 'TEXT'],
  },
  {
    name: 'an Object that is something else is not',
    source: `
      Object o = 5;
      String s = (String) o;
    `,
    throws: 'System.TypeException: Invalid conversion from runtime type Integer to String',
  },
  {
    name: 'null can be cast to anything',
    source: `
      Object o;
      String s = (String) o;
      Account a = (Account) o;
      System.debug(s == null && a == null);
    `,
    prints: ['true'],
  },
  {
    name: 'a subclass is assigned to its superclass without a cast',
    classes: { Animals: animals },
    source: `
      Animals.Animal a = new Animals.Dog();
      System.debug(a.say());
    `,
    prints: ['bark'],
  },
  {
    name: 'a superclass is cast to the subclass it is',
    classes: { Animals: animals },
    source: `
      Animals.Animal a = new Animals.Puppy();
      Animals.Dog d = (Animals.Dog) a;
      System.debug(d.walk());
    `,
    prints: ['trot'],
  },
  {
    name: 'a superclass is not cast to a subclass it is not',
    classes: { Animals: animals },
    source: `
      Animals.Animal a = new Animals.Cat();
      try {
        Animals.Dog d = (Animals.Dog) a;
        System.debug('cast');
      } catch (TypeException e) {
        System.debug(e.getTypeName());
      }
    `,
    prints: ['System.TypeException'],
  },
  {
    name: 'an interface is cast to the class',
    classes: { Animals: animals },
    source: `
      Animals.Walker w = new Animals.Dog();
      System.debug(((Animals.Dog) w).say());
    `,
    prints: ['bark'],
  },
  {
    name: 'instanceof looks through superclasses and interfaces',
    classes: { Animals: animals },
    source: `
      Object o = new Animals.Puppy();
      System.debug(o instanceof Animals.Dog);
      System.debug(o instanceof Animals.Animal);
      System.debug(o instanceof Animals.Walker);
      System.debug(o instanceof Animals.Cat);
    `,
    prints: ['true', 'true', 'true', 'false'],
  },
  {
    name: 'null is an instance of nothing',
    source: `
      Object o;
      System.debug(o instanceof String);
      System.debug(o instanceof Account);
    `,
    prints: ['false', 'false'],
  },
  {
    name: 'instanceof tells values apart',
    source: `
      Object o = 'text';
      System.debug(o instanceof String);
      System.debug(o instanceof Integer);
      o = 5;
      System.debug(o instanceof Integer);
      System.debug(o instanceof String);
    `,
    prints: ['true', 'false', 'true', 'false'],
  },
  {
    name: 'an sObject is cast to its own type',
    source: `
      SObject s = new Account(Name = 'Acme');
      Account a = (Account) s;
      System.debug(a.Name);
      System.debug(s instanceof Account);
      System.debug(s instanceof Contact);
    `,
    prints: ['Acme', 'true', 'false'],
  },
  {
    name: 'an sObject is not cast to another type',
    source: `
      SObject s = new Account(Name = 'Acme');
      try {
        Contact c = (Contact) s;
        System.debug(c.LastName);
      } catch (TypeException e) {
        System.debug(e.getTypeName());
      }
    `,
    prints: ['System.TypeException'],
  },
  {
    name: 'numbers widen from Integer to Long to Double to Decimal',
    source: `
      Integer i = 3;
      Long l = i;
      Double d = l;
      Decimal e = d;
      System.debug(l == 3 && d == 3 && e == 3);
    `,
    prints: ['true'],
  },
  {
    name: 'a list of sObjects is cast to a list of one type',
    source: `
      List<SObject> records = new List<Account>{ new Account(Name = 'Acme') };
      List<Account> accounts = (List<Account>) records;
      System.debug(accounts[0].Name);
    `,
    prints: ['Acme'],
  },
  {
    name: 'an Id is a String, a String with an id becomes an Id',
    source: `
      Account a = new Account(Name = 'Acme');
      insert a;
      String text = a.Id;
      Id again = text;
      System.debug(again == a.Id);
      System.debug(Id.valueOf(text) == a.Id);
    `,
    prints: ['true', 'true'],
  },
];
