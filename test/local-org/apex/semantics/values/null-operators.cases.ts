import type { SemanticsCase } from '../semantics-case.ts';

const node = `
  public class Node {
    public String name;
    public Node next;
    public Node(String name) { this.name = name; }
    public String getName() { System.debug('getName'); return name; }
    public Node getNext() { System.debug('getNext'); return next; }
  }
`;

export const nullOperators: readonly SemanticsCase[] = [
  {
    name: 'the ternary takes one of two',
    source: `
      Integer i = 7;
      System.debug(i > 5 ? 'large' : 'small');
      System.debug(i < 5 ? 'small' : 'large');
    `,
    prints: ['large', 'large'],
  },
  {
    name: 'the ternary computes only what it takes',
    source: `
      String s;
      Integer length = s == null ? 0 : s.length();
      System.debug(length);
    `,
    prints: ['0'],
  },
  {
    name: 'ternaries nest to the right',
    source: `
      Integer i = 5;
      System.debug(i < 3 ? 'low' : i < 8 ? 'middle' : 'high');
    `,
    prints: ['middle'],
  },
  {
    name: '?. on null is null',
    source: `
      String s;
      System.debug(s?.length());
      s = 'abc';
      System.debug(s?.length());
    `,
    prints: ['null', '3'],
  },
  {
    name: '?. skips the rest of the chain',
    classes: { Node: node },
    source: `
      Node n;
      System.debug(n?.getNext().getName());
    `,
    prints: ['null'],
  },
  {
    name: '?. reads fields',
    classes: { Node: node },
    source: `
      Node n = new Node('first');
      System.debug(n?.name);
      System.debug(n.next?.name);
    `,
    prints: ['first', 'null'],
  },
  {
    name: '?. does not guard what comes later and is null',
    classes: { Node: node },
    source: `
      Node n = new Node('first');
      System.debug(n?.next.name);
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: '?. asks its left side once',
    classes: { Node: node },
    source: `
      Node n = new Node('first');
      System.debug(n.getNext()?.getName());
    `,
    prints: ['getNext', 'null'],
  },
  {
    name: '?. after an element of a list',
    source: `
      List<String> names = new List<String>{ null, 'b' };
      System.debug(names[0]?.toUpperCase());
      System.debug(names[1]?.toUpperCase());
    `,
    prints: ['null', 'B'],
  },
  {
    name: '?. after a query without rows',
    source: `System.debug([SELECT Name FROM Account WHERE Name = 'Nobody']?.Name);`,
    prints: ['null'],
  },
  {
    name: '?? takes the right side for null',
    source: `
      Integer none;
      System.debug(none ?? 100);
      Integer some = 5;
      System.debug(some ?? 100);
    `,
    prints: ['100', '5'],
  },
  {
    name: '?? takes the first of a chain that is not null',
    source: `
      String a;
      String b;
      System.debug(a ?? b ?? 'last');
      b = 'second';
      System.debug(a ?? b ?? 'last');
    `,
    prints: ['last', 'second'],
  },
  {
    name: '?? does not take the right side for false or an empty text',
    source: `
      Boolean no = false;
      System.debug(no ?? true);
      String empty = '';
      System.debug((empty ?? 'other').length());
    `,
    prints: ['false', '0'],
  },
  {
    name: '?? computes the right side only for null',
    classes: { Node: node },
    source: `
      Node n = new Node('first');
      System.debug(n.name ?? n.getName());
    `,
    prints: ['first'],
  },
  {
    name: '?? binds less tightly than minus',
    source: `
      Integer top = 5;
      Integer bottom = 30;
      System.debug(top ?? 100 - bottom ?? 0);
      top = null;
      System.debug(top ?? 100 - bottom ?? 0);
    `,
    prints: ['5', '70'],
  },
  {
    name: '?? after ?.',
    source: `
      String s;
      System.debug(s?.toUpperCase() ?? 'NONE');
    `,
    prints: ['NONE'],
  },
  {
    name: '?? after a query without rows',
    source: `
      Account a = [SELECT Id, Name FROM Account WHERE Name = 'Nobody'] ?? new Account(Name = 'Default');
      System.debug(a.Name);
    `,
    prints: ['Default'],
  },
  {
    name: '?? after a query with a row',
    source: `
      insert new Account(Name = 'Somebody');
      Account a = [SELECT Id, Name FROM Account WHERE Name = 'Somebody'] ?? new Account(Name = 'Default');
      System.debug(a.Name);
    `,
    prints: ['Somebody'],
  },
];
