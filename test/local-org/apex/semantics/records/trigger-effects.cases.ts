import type { SemanticsCase } from '../semantics-case.ts';

export const triggerEffects: readonly SemanticsCase[] = [
  {
    name: 'addError refuses the record',
    triggers: {
      AccountGuard: `
        trigger AccountGuard on Account (before insert) {
          for (Account a : Trigger.new) {
            if (a.Name == 'bad') { a.addError('not this one'); }
          }
        }
      `,
    },
    source: `
      try {
        insert new Account(Name = 'bad');
      } catch (DmlException e) {
        System.debug(e.getDmlType(0));
        System.debug(e.getDmlMessage(0));
      }
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'bad']);
    `,
    prints: ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'not this one', '0'],
  },
  {
    name: 'addError on one record of a partial save lets the others through',
    triggers: {
      AccountGuard: `
        trigger AccountGuard on Account (before insert) {
          for (Account a : Trigger.new) {
            if (a.Name == 'bad') { a.addError('not this one'); }
          }
        }
      `,
    },
    source: `
      List<Database.SaveResult> r = Database.insert(new List<Account>{ new Account(Name = 'good'), new Account(Name = 'bad') }, false);
      System.debug(r[0].isSuccess() + ' ' + r[1].isSuccess());
      System.debug(r[1].getErrors()[0].getMessage());
      System.debug([SELECT COUNT() FROM Account WHERE Name IN ('good', 'bad')]);
    `,
    prints: ['true false', 'not this one', '1'],
  },
  {
    name: 'addError on a field names the field',
    triggers: {
      AccountGuard: `
        trigger AccountGuard on Account (before insert) { Trigger.new[0].Industry.addError('no industry'); }
      `,
    },
    source: `
      Database.SaveResult r = Database.insert(new Account(Name = 'x', Industry = 'Energy'), false);
      System.debug(r.getErrors()[0].getFields());
      System.debug(r.getErrors()[0].getMessage());
    `,
    prints: ['(Industry)', 'no industry'],
  },
  {
    name: 'addError in a before delete keeps the record',
    triggers: { AccountKeep: `trigger AccountKeep on Account (before delete) { Trigger.old[0].addError('stays'); }` },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      try { delete a; } catch (DmlException e) { System.debug(e.getDmlMessage(0)); }
      System.debug([SELECT COUNT() FROM Account WHERE Id = :a.Id]);
    `,
    prints: ['stays', '1'],
  },
  {
    name: 'an exception in a trigger fails the save',
    triggers: { AccountBroken: `trigger AccountBroken on Account (before insert) { String s; s.trim(); }` },
    source: `
      try { insert new Account(Name = 'a'); } catch (DmlException e) { System.debug(e.getDmlType(0)); }
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'a']);
    `,
    prints: ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', '0'],
  },
  {
    name: 'a trigger sees at most 200 records',
    triggers: {
      AccountBulk: `
        trigger AccountBulk on Account (before insert, after insert) {
          System.debug((Trigger.isBefore ? 'before ' : 'after ') + Trigger.new.size());
        }
      `,
    },
    source: `
      List<Account> l = new List<Account>();
      for (Integer i = 0; i < 401; i++) { l.add(new Account(Name = 'Bulk ' + i)); }
      insert l;
    `,
    prints: ['before 200', 'after 200', 'before 200', 'after 200', 'before 1', 'after 1'],
  },
  {
    name: 'static variables live on between chunks and triggers',
    classes: { Seen: `public class Seen { public static Integer count = 0; }` },
    triggers: {
      AccountSeen: `trigger AccountSeen on Account (before insert, after insert) { Seen.count += Trigger.size; }`,
    },
    source: `
      List<Account> l = new List<Account>();
      for (Integer i = 0; i < 250; i++) { l.add(new Account(Name = 'Bulk ' + i)); }
      insert l;
      System.debug(Seen.count);
    `,
    prints: ['500'],
  },
  {
    name: 'a trigger writes other records',
    triggers: {
      CaseComments: `
        trigger CaseComments on Case (after insert) {
          List<CaseComment> l = new List<CaseComment>();
          for (Case c : Trigger.new) {
            l.add(new CaseComment(ParentId = c.Id, CommentBody = 'about ' + c.Subject));
          }
          insert l;
        }
      `,
    },
    source: `
      Case c = new Case(Subject = 'x');
      insert c;
      System.debug([SELECT CommentBody FROM CaseComment WHERE ParentId = :c.Id].CommentBody);
    `,
    prints: ['about x'],
  },
  {
    name: 'a static flag stops a trigger that updates its own records',
    classes: { Once: `public class Once { public static Boolean ran = false; }` },
    triggers: {
      AccountAgain: `
        trigger AccountAgain on Account (after update) {
          System.debug('run');
          if (!Once.ran) {
            Once.ran = true;
            update new Account(Id = Trigger.new[0].Id, Industry = 'Again');
          }
        }
      `,
    },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      update a;
      System.debug([SELECT Industry FROM Account WHERE Id = :a.Id].Industry);
    `,
    prints: ['run', 'run', 'Again'],
  },
  {
    name: 'a trigger that updates its own records without end is stopped',
    triggers: {
      AccountForever: `
        trigger AccountForever on Account (after update) { update new Account(Id = Trigger.new[0].Id); }
      `,
    },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      try {
        update a;
        System.debug('saved');
      } catch (Exception e) {
        System.debug(e.getMessage().contains('maximum trigger depth exceeded'));
      }
    `,
    prints: ['true'],
  },
  {
    name: 'a trigger of one object sets off that of another',
    triggers: {
      CaseToAccount: `
        trigger CaseToAccount on Case (after insert) {
          update new Account(Id = Trigger.new[0].AccountId, Industry = 'From case');
        }
      `,
      AccountHeard: `trigger AccountHeard on Account (before update) { System.debug(Trigger.new[0].Industry); }`,
    },
    source: `
      Account a = new Account(Name = 'a');
      insert a;
      insert new Case(Subject = 'x', AccountId = a.Id);
    `,
    prints: ['From case'],
  },
  {
    name: 'upsert runs insert and update triggers',
    triggers: {
      AccountUpsert: `
        trigger AccountUpsert on Account (before insert, before update) {
          System.debug((Trigger.isInsert ? 'insert ' : 'update ') + Trigger.new.size());
        }
      `,
    },
    source: `
      Account a = new Account(Name = 'a');
      upsert a;
      upsert a;
    `,
    prints: ['insert 1', 'update 1'],
  },
];
