import { QueryLocatorIteratorValue } from '../../database/queries/query-locator.ts';
import type { QueryLocatorValue } from '../../database/queries/query-locator.ts';
import { apexError } from '../../values/exception.ts';
import { notImplemented } from '../../values/not-implemented.ts';
import { methodsOf } from '../native.ts';
import type { NativeClass } from '../native.ts';

export const queryLocatorClass: NativeClass = {
  name: 'Database.QueryLocator',
  methods: methodsOf<QueryLocatorValue>({
    getquery: (_run, self) => {
      if (self.query === undefined) throw notImplemented('the text of a query locator made of a query in brackets');
      return self.query;
    },
    iterator: (_run, self) => new QueryLocatorIteratorValue(self.records),
  }),
};

export const queryLocatorIteratorClass: NativeClass = {
  name: 'Database.QueryLocatorIterator',
  methods: methodsOf<QueryLocatorIteratorValue>({
    hasnext: (_run, self) => self.next < self.records.length,
    next: (_run, self) => {
      const record = self.records[self.next];
      if (record === undefined) throw apexError('System.NoSuchElementException', 'Iterator has no more elements');
      self.next += 1;
      return record;
    },
  }),
};
