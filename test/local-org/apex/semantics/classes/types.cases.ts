import type { SemanticsCase } from '../semantics-case.ts';

const shapes = {
  Shape: `public interface Shape { Integer corners(); }`,
  Triangle: `
    public class Triangle implements Shape {
      public Integer corners() { return 3; }
    }
  `,
  Figures: `
    public class Figures {
      public class Square implements Shape {
        public Integer corners() { return 4; }
      }
    }
  `,
};

export const types: readonly SemanticsCase[] = [
  {
    name: 'an object by the name of its class',
    classes: shapes,
    source: `
      Type t = Type.forName('Triangle');
      Shape s = (Shape) t.newInstance();
      System.debug(s.corners());
    `,
    prints: ['3'],
  },
  {
    name: 'an inner class by its outer name',
    classes: shapes,
    source: `
      Shape s = (Shape) Type.forName('Figures.Square').newInstance();
      System.debug(s.corners());
    `,
    prints: ['4'],
  },
  {
    name: 'a name that is no class gives null',
    source: `System.debug(Type.forName('NoSuchClassHere'));`,
    prints: ['null'],
  },
  {
    name: '.class gives the type',
    classes: shapes,
    source: `
      Type t = Triangle.class;
      System.debug(t.getName());
      System.debug(((Shape) t.newInstance()).corners());
    `,
    prints: ['Triangle', '3'],
  },
  {
    name: 'types are equal when they name the same',
    classes: shapes,
    source: `
      System.debug(Type.forName('Triangle') == Triangle.class);
      System.debug(Triangle.class == Figures.Square.class);
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'collections by name',
    source: `
      List<String> l = (List<String>) Type.forName('List<String>').newInstance();
      l.add('a');
      System.debug(l);
      System.debug(Integer.class.getName());
    `,
    prints: ['(a)', 'Integer'],
  },
  {
    name: 'a record by its type',
    source: `
      Account a = (Account) Type.forName('Account').newInstance();
      a.Name = 'Acme';
      System.debug(a.Name);
    `,
    prints: ['Acme'],
  },
  {
    name: 'isAssignableFrom asks whether a type fits another',
    classes: shapes,
    source: `
      System.debug(Shape.class.isAssignableFrom(Triangle.class));
      System.debug(Triangle.class.isAssignableFrom(Shape.class));
      System.debug(Triangle.class.isAssignableFrom(Triangle.class));
    `,
    prints: ['true', 'false', 'true'],
  },
  {
    name: 'a type as key of a map',
    classes: shapes,
    source: `
      Map<Type, String> m = new Map<Type, String>{ Triangle.class => 'three', Figures.Square.class => 'four' };
      System.debug(m.get(Type.forName('Triangle')));
    `,
    prints: ['three'],
  },
  {
    name: 'each newInstance makes another object',
    classes: { Box: `public class Box { public Integer content = 1; }` },
    source: `
      Box a = (Box) Box.class.newInstance();
      Box b = (Box) Box.class.newInstance();
      a.content = 2;
      System.debug(b.content);
    `,
    prints: ['1'],
  },
];
