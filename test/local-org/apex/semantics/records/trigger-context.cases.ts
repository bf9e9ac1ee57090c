import type { SemanticsCase } from '../semantics-case.ts';

const everyEvent =
  'before insert, before update, before delete, after insert, after update, after delete, after undelete';

export const triggerContext: readonly SemanticsCase[] = [
  {
    name: 'each statement runs its events, before and after',
    triggers: {
      AccountEvents: `trigger AccountEvents on Account (${everyEvent}) { System.debug(Trigger.operationType); }`,
    },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      update a;
      delete a;
      undelete a;
    `,
    prints: [
      'BEFORE_INSERT',
      'AFTER_INSERT',
      'BEFORE_UPDATE',
      'AFTER_UPDATE',
      'BEFORE_DELETE',
      'AFTER_DELETE',
      'AFTER_UNDELETE',
    ],
  },
  {
    name: 'a trigger runs only for its events',
    triggers: { AccountEvents: `trigger AccountEvents on Account (after update) { System.debug('ran'); }` },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      System.debug('inserted');
      update a;
      delete a;
    `,
    prints: ['inserted', 'ran'],
  },
  {
    name: 'the flags tell the event',
    triggers: {
      AccountFlags: `
        trigger AccountFlags on Account (before insert, after update) {
          System.debug(Trigger.isExecuting + ' ' + Trigger.isBefore + ' ' + Trigger.isAfter + ' ' + Trigger.isInsert + ' ' + Trigger.isUpdate + ' ' + Trigger.isDelete + ' ' + Trigger.isUndelete);
        }
      `,
    },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      update a;
    `,
    prints: ['true true false true false false false', 'true false true false true false false'],
  },
  {
    name: 'an insert has new and no old',
    triggers: {
      AccountLists: `
        trigger AccountLists on Account (before insert, after insert) {
          System.debug(Trigger.new.size() + ' ' + (Trigger.old == null) + ' ' + (Trigger.oldMap == null) + ' ' + Trigger.size);
        }
      `,
    },
    source: `insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };`,
    prints: ['2 true true 2', '2 true true 2'],
  },
  {
    name: 'a delete has old and no new',
    triggers: {
      AccountLists: `
        trigger AccountLists on Account (before delete) {
          System.debug((Trigger.new == null) + ' ' + (Trigger.newMap == null) + ' ' + Trigger.old[0].Name + ' ' + Trigger.oldMap.size());
        }
      `,
    },
    source: `
      Account a = new Account(Name = 'gone');
      insert a;
      delete a;
    `,
    prints: ['true true gone 1'],
  },
  {
    name: 'an update has both',
    triggers: {
      AccountLists: `
        trigger AccountLists on Account (after update) {
          for (Account a : Trigger.new) { System.debug(Trigger.oldMap.get(a.Id).Name + ' to ' + a.Name); }
        }
      `,
    },
    source: `
      List<Account> l = new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
      insert l;
      l[0].Name = 'A1';
      l[1].Name = 'B1';
      update l;
    `,
    prints: ['a to A1', 'b to B1'],
  },
  {
    name: 'ids are there after an insert, not before',
    triggers: {
      AccountIds: `
        trigger AccountIds on Account (before insert, after insert) {
          System.debug(Trigger.new[0].Id == null);
        }
      `,
    },
    source: `insert new Account(Name = 'a');`,
    prints: ['true', 'false'],
  },
  {
    name: 'what a before trigger assigns is saved',
    triggers: {
      AccountDefaults: `
        trigger AccountDefaults on Account (before insert, before update) {
          for (Account a : Trigger.new) { a.Industry = a.Name + ' industry'; }
        }
      `,
    },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      System.debug([SELECT Industry FROM Account WHERE Id = :a.Id].Industry);
      update new Account(Id = a.Id, Name = 'b');
      System.debug([SELECT Industry FROM Account WHERE Id = :a.Id].Industry);
    `,
    prints: ['a industry', 'b industry'],
  },
  {
    name: 'records of an after trigger are read-only',
    triggers: {
      AccountLate: `
        trigger AccountLate on Account (after insert) {
          try {
            Trigger.new[0].Name = 'late';
            System.debug('assigned');
          } catch (Exception e) {
            System.debug(e.getTypeName());
          }
        }
      `,
    },
    source: `insert new Account(Name = 'a');`,
    prints: ['System.FinalException'],
  },
  {
    name: 'old records are read-only',
    triggers: {
      AccountOld: `
        trigger AccountOld on Account (before update) {
          Account old = Trigger.old[0];
          try {
            old.Name = 'other';
            System.debug('assigned');
          } catch (Exception e) {
            System.debug(e.getTypeName());
          }
        }
      `,
    },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      update a;
    `,
    prints: ['System.FinalException'],
  },
  {
    name: 'an update has all fields of the record, not only those sent',
    triggers: {
      AccountWhole: `
        trigger AccountWhole on Account (before update) {
          System.debug(Trigger.new[0].Name + ' ' + Trigger.new[0].Industry);
        }
      `,
    },
    source: `
      Account a = new Account(Name = 'a', Industry = 'Energy');
      insert a;
      update new Account(Id = a.Id, Name = 'b');
    `,
    prints: ['b Energy'],
  },
];
