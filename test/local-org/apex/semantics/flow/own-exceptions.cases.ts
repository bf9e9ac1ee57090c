import type { SemanticsCase } from '../semantics-case.ts';

const own = {
  ShopException: `public virtual class ShopException extends Exception { }`,
  StockException: `public class StockException extends ShopException { }`,
};

export const ownExceptions: readonly SemanticsCase[] = [
  {
    name: 'an exception of the customer is thrown and caught',
    classes: own,
    source: `
      try {
        throw new ShopException('closed');
      } catch (ShopException e) {
        System.debug(e.getMessage());
        System.debug(e.getTypeName());
      }
    `,
    prints: ['closed', 'ShopException'],
  },
  {
    name: 'a catch takes subclasses',
    classes: own,
    source: `
      try {
        throw new StockException('empty');
      } catch (ShopException e) {
        System.debug(e.getTypeName() + ' ' + (e instanceof StockException));
      }
    `,
    prints: ['StockException true'],
  },
  {
    name: 'a catch does not take a superclass',
    classes: own,
    source: `
      try {
        throw new ShopException('closed');
      } catch (StockException e) {
        System.debug('stock');
      } catch (ShopException e) {
        System.debug('shop');
      }
    `,
    prints: ['shop'],
  },
  {
    name: 'an exception nobody catches ends the program',
    classes: own,
    source: `throw new ShopException('closed');`,
    throws: 'ShopException: closed',
  },
  {
    name: 'an exception without a message',
    classes: own,
    source: `throw new ShopException();`,
    throws: 'ShopException: Script-thrown exception',
  },
  {
    name: 'a cause is kept',
    classes: own,
    source: `
      try {
        try { Integer.valueOf('x'); } catch (TypeException e) { throw new ShopException('wrapped', e); }
      } catch (ShopException e) {
        System.debug(e.getMessage());
        System.debug(e.getCause().getMessage());
        System.debug(e.getCause().getTypeName());
      }
    `,
    prints: ['wrapped', 'Invalid integer: x', 'System.TypeException'],
  },
  {
    name: 'a cause alone',
    classes: own,
    source: `
      Exception cause = new StockException('empty');
      ShopException e = new ShopException(cause);
      System.debug(e.getCause() === cause);
    `,
    prints: ['true'],
  },
  {
    name: 'initCause and setMessage fill in later',
    classes: own,
    source: `
      ShopException e = new ShopException();
      e.setMessage('late');
      e.initCause(new StockException('why'));
      System.debug(e.getMessage());
      System.debug(e.getCause().getMessage());
    `,
    prints: ['late', 'why'],
  },
  {
    name: 'without a cause there is null',
    classes: own,
    source: `System.debug(new ShopException('alone').getCause());`,
    prints: ['null'],
  },
  {
    name: 'rethrowing',
    classes: own,
    source: `
      try {
        try {
          throw new ShopException('again');
        } catch (ShopException e) {
          System.debug('first');
          throw e;
        }
      } catch (ShopException e) {
        System.debug('second ' + e.getMessage());
      }
    `,
    prints: ['first', 'second again'],
  },
  {
    name: 'an exception class has members of its own',
    classes: {
      CodeException: `
        public class CodeException extends Exception {
          public Integer code;
          public Integer doubled() { return code * 2; }
        }
      `,
    },
    source: `
      CodeException e = new CodeException('coded');
      e.code = 21;
      try {
        throw e;
      } catch (CodeException caught) {
        System.debug(caught.code + ' ' + caught.doubled() + ' ' + caught.getMessage());
      }
    `,
    prints: ['21 42 coded'],
  },
];
