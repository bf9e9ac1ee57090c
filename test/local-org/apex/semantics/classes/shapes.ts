/** A superclass, its subclass, and the subclass of that: each says when its constructor runs. */
export const shapes = {
  Shape: `
    public abstract class Shape {
      protected String label;
      public Shape(String label) { this.label = label; System.debug('Shape ' + label); }
      public abstract Decimal area();
      public virtual String describe() { return label + ' of ' + area(); }
    }
  `,
  Square: `
    public virtual class Square extends Shape {
      protected Decimal side;
      public Square(Decimal side) {
        super('square');
        this.side = side;
        System.debug('Square ' + side);
      }
      public override Decimal area() { return side * side; }
    }
  `,
  Tile: `
    public class Tile extends Square {
      public Tile() { this(3); System.debug('Tile'); }
      public Tile(Integer side) { super(side); }
      public override String describe() { return 'tile, ' + super.describe(); }
    }
  `,
};
