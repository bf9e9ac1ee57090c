import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

describe('what every value has', () => {
  it('compares, hashes and prints values whose type is only known as Object', async () => {
    const seen = await runApex(`
      Object text = 'a';
      System.debug(text.equals('a') + ' ' + text.equals('A') + ' ' + text.hashCode() + ' ' + 'hello'.hashCode());
      Object numbers = new List<Integer>{1, 2};
      System.debug(numbers.toString() + ' ' + numbers.hashCode());
    `);
    expect(seen).toEqual(['true false 97 99162322', '(1, 2) 994']);
  });

  it('lets a class ask for what it would have been without its own methods', async () => {
    const seen = await runApex(`
      public virtual class Base { public Integer id = 1; }
      public class Box extends Base {
        public Integer size = 3;
        public override String toString() { return 'box of ' + super.toString(); }
      }
      public class Plain { public Integer size = 3; }
      Plain one = new Plain();
      Plain other = one.clone();
      other.size = 4;
      System.debug(new Box() + ' ' + one + ' ' + other);
      System.debug(one.equals(one) + ' ' + one.equals(other) + ' ' + (one.hashCode() == one.hashCode()));
    `);
    expect(seen).toEqual(['box of Box:[id=1, size=3] Plain:[size=3] Plain:[size=4]', 'true false true']);
  });
});

describe('System.Type', () => {
  const classes = {
    Shape: 'public virtual class Shape { public class Round extends Shape { public Integer r = 2; } }',
  };

  it('finds types by name and makes objects of them', async () => {
    const seen = await runApex(
      `
      Type round = Type.forName('Shape.Round');
      System.debug(round + ' ' + ((Shape.Round) round.newInstance()).r + ' ' + round.equals(Shape.Round.class));
      System.debug(Type.forName('Nothing'));
      List<String> names = (List<String>) Type.forName('List<String>').newInstance();
      names.add('a');
      System.debug(names + ' ' + List<String>.class.getName());
      System.debug(((Account) Account.class.newInstance()).Name);
      System.debug(Shape.class.isAssignableFrom(round) + ' ' + round.isAssignableFrom(Shape.class));
      System.debug(Type.forName('', 'Shape') == Shape.class);
    `,
      { classes },
    );
    expect(seen).toEqual(['Shape.Round 2 true', 'null', '(a) List<String>', 'null', 'true false', 'true']);
  });
});

describe('what a transaction knows of itself', () => {
  it('names user and organization', async () => {
    const seen = await runApex(`
      System.debug(UserInfo.getName() + ' / ' + UserInfo.getUserType() + ' / ' + UserInfo.getLocale());
      System.debug(UserInfo.getUserId().startsWith('005') + ' ' + UserInfo.getProfileId().startsWith('00e'));
      System.debug(UserInfo.getOrganizationId().length() + ' ' + UserInfo.isMultiCurrencyOrganization());
      System.debug(UserInfo.getSessionId() + ' ' + UserInfo.getUserRoleId());
    `);
    expect(seen).toEqual(['Local Administrator / Standard / en_US', 'true true', '18 false', 'null null']);
  });

  it('counts what it uses of its limits', async () => {
    const seen = await runApex(`
      List<Account> none = [SELECT Id FROM Account];
      System.debug(Limits.getQueries() + ' of ' + Limits.getLimitQueries() + ', ' + Limits.getQueryRows());
      System.debug(Limits.getDmlStatements() + ' of ' + Limits.getLimitDmlStatements());
      System.debug((Limits.getCpuTime() >= 0) + ' ' + Limits.getLimitCpuTime() + ' ' + Limits.getLimitHeapSize());
    `);
    expect(seen).toEqual(['1 of 100, 0', '0 of 150', 'true 10000 6000000']);
  });

  it('says what started it, compares versions and sorts for readers', async () => {
    const seen = await runApex(`
      System.debug(Request.getCurrent().getQuiddity() == Quiddity.ANONYMOUS);
      System.debug(Request.getCurrent().getRequestId() == Request.getCurrent().getRequestId());
      System.debug(new Version(1, 2).compareTo(new Version(1, 10)) + ' ' + new Version(2, 0, 1).patch());
      List<String> names = new List<String>{'b', 'A', null, 'a', 'B'};
      names.sort(Collator.getInstance());
      System.debug(names);
      System.debug(FeatureManagement.checkPermission('Nothing'));
    `);
    expect(seen).toEqual(['true', 'true', '-1 1', '(null, a, A, b, B)', 'false']);
  });
});
