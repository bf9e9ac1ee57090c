import type { SemanticsCase } from '../semantics-case.ts';

const employees = {
  Employee: `
    public class Employee implements Comparable {
      public Long id;
      public String name;
      public Employee(Long id, String name) { this.id = id; this.name = name; }
      public Integer compareTo(Object other) {
        Employee e = (Employee) other;
        return id == e.id ? 0 : id > e.id ? 1 : -1;
      }
    }
  `,
  ByName: `
    public class ByName implements Comparator<Employee> {
    public Integer compare(Employee a, Employee b) { return a.name.compareTo(b.name); }
  }
  `,
};

const three = `
  List<Employee> l = new List<Employee>{ new Employee(3, 'Cem'), new Employee(1, 'Zoe'), new Employee(2, 'Ann') };
`;

export const sorting: readonly SemanticsCase[] = [
  {
    name: 'texts in ascending order',
    source: `
      List<String> l = new List<String>{ 'Yellow', 'Red', 'Green' };
      l.sort();
      System.debug(l);
    `,
    prints: ['(Green, Red, Yellow)'],
  },
  {
    name: 'numbers by size',
    source: `
      List<Integer> l = new List<Integer>{ 10, -2, 9 };
      l.sort();
      System.debug(l);
      List<Decimal> d = new List<Decimal>{ 1.5, 1.25, 1.75 };
      d.sort();
      System.debug(d);
    `,
    prints: ['(-2, 9, 10)', '(1.25, 1.5, 1.75)'],
  },
  {
    name: 'dates by time',
    source: `
      List<Date> l = new List<Date>{ Date.newInstance(2024, 5, 1), Date.newInstance(2023, 12, 31) };
      l.sort();
      System.debug(l[0].year() + ' ' + l[1].year());
    `,
    prints: ['2023 2024'],
  },
  {
    name: 'sort changes the list itself',
    source: `
      List<Integer> a = new List<Integer>{ 2, 1 };
      List<Integer> b = a;
      a.sort();
      System.debug(b);
    `,
    prints: ['(1, 2)'],
  },
  {
    name: 'objects by their compareTo',
    classes: employees,
    source: `
      ${three}
      l.sort();
      for (Employee e : l) { System.debug(e.name); }
    `,
    prints: ['Zoe', 'Ann', 'Cem'],
  },
  {
    name: 'objects by a Comparator',
    classes: employees,
    source: `
      ${three}
      l.sort(new ByName());
      for (Employee e : l) { System.debug(e.name); }
    `,
    prints: ['Ann', 'Cem', 'Zoe'],
  },
  {
    name: 'objects that cannot be compared',
    classes: { Plain: `public class Plain { }` },
    source: `
      List<Plain> l = new List<Plain>{ new Plain(), new Plain() };
      try { l.sort(); System.debug('sorted'); } catch (ListException e) { System.debug(e.getTypeName()); }
    `,
    prints: ['System.ListException'],
  },
  {
    name: 'records by name',
    source: `
      List<Account> l = new List<Account>{ new Account(Name = 'Beta'), new Account(Name = 'Alpha') };
      l.sort();
      System.debug(l[0].Name + ' ' + l[1].Name);
    `,
    prints: ['Alpha Beta'],
  },
  {
    name: 'records of one name by the first standard field',
    source: `
      List<Account> l = new List<Account>{ new Account(Name = 'sForce', Industry = 'Biotechnology'), new Account(Name = 'sForce', Industry = 'Agriculture'), new Account(Name = 'Acme') };
      l.sort();
      System.debug(l[0].Name);
      System.debug(l[1].Industry + ' ' + l[2].Industry);
    `,
    prints: ['Acme', 'Agriculture Biotechnology'],
  },
  {
    name: 'records of several types by the label of the type',
    source: `
      List<SObject> l = new List<SObject>{ new Contact(LastName = 'a'), new Account(Name = 'z') };
      l.sort();
      System.debug(l[0].getSObjectType());
    `,
    prints: ['Account'],
  },
  {
    name: 'an empty list',
    source: `
      List<String> l = new List<String>();
      l.sort();
      System.debug(l.size());
    `,
    prints: ['0'],
  },
];
