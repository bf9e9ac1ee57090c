import { describe, expect, it } from 'vitest';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import { runApex } from '../../run-apex.ts';

/** Runs as an administrator with other settings, e.g. `TimeZoneSidKey`. */
async function runApexWith(settings: Record<string, string>, source: string): Promise<string[]> {
  const opened = openOrgState();
  try {
    const { adminUserId } = opened.state.settings;
    opened.state.records.update('User', adminUserId, settings, adminUserId);
    return await runApex(source, { org: opened.state });
  } finally {
    opened.close();
  }
}

async function runInCalifornia(source: string): Promise<string[]> {
  return runApexWith({ TimeZoneSidKey: 'America/Los_Angeles' }, source);
}

describe('a Datetime', () => {
  it('is made of local parts, or of those in Greenwich', async () => {
    expect(
      await runInCalifornia(`
        Datetime local = Datetime.newInstance(2004, 1, 27, 4, 1, 2);
        System.debug(local.timeGmt());
        System.debug(local.hour() + ' ' + local.hourGmt());
        System.debug(Datetime.newInstanceGmt(1998, 1, 29, 2, 2, 3) == Datetime.newInstance(1998, 1, 28, 18, 2, 3));
        System.debug(Datetime.newInstance(1182567783000L) == Datetime.newInstanceGmt(2007, 6, 23, 3, 3, 3));
        Date day = Date.newInstance(2011, 11, 18);
        Time clock = Time.newInstance(3, 3, 3, 0);
        System.debug(Datetime.newInstance(day, clock) == Datetime.newInstance(2011, 11, 18, 3, 3, 3));
      `),
    ).toEqual(['12:01:02.000Z', '4 12', 'true', 'true', 'true']);
  });

  it('shows itself as the user is used to', async () => {
    expect(
      await runInCalifornia(`
        Datetime dt = Datetime.newInstance(2012, 12, 28, 10, 0, 0);
        System.debug(dt.format());
        System.debug(dt.formatLong());
        System.debug(dt.format('yyyy-MM-dd h:mm a z'));
        System.debug(dt.format('MM/dd/yyyy HH:mm:ss', 'America/New_York'));
        System.debug(dt.formatGmt('EEE, MMM d yyyy HH:mm:ss'));
      `),
    ).toEqual([
      '12/28/2012, 10:00 AM',
      '12/28/2012, 10:00:00 AM PST',
      '2012-12-28 10:00 AM PST',
      '12/28/2012 13:00:00',
      'Fri, Dec 28 2012 18:00:00',
    ]);
  });

  it('follows the locale of the user', async () => {
    expect(
      await runApexWith(
        { LocaleSidKey: 'de_DE' },
        `
        Datetime dt = Datetime.newInstance(2012, 12, 28, 18, 0, 0);
        System.debug(dt.format());
        System.debug(dt.date().format() + ' ' + dt.date().toStartOfWeek().format());
        System.debug(Datetime.parse('28.12.2012, 18:00') == dt);
        System.debug((12345.6789).format());
      `,
      ),
    ).toEqual(['28.12.2012, 18:00', '28.12.2012 24.12.2012', 'true', '12.345,679']);
  });

  it('is read from text in local time, or in that of Greenwich', async () => {
    expect(
      await runInCalifornia(`
        System.debug(Datetime.valueOf('2008-10-5 12:20:20').hourGmt());
        System.debug(Datetime.valueOfGmt('2008-10-5 12:20:20').hourGmt());
        System.debug(Datetime.parse('10/14/2011, 11:46 AM').hour());
      `),
    ).toEqual(['19', '12', '11']);
  });

  it.each([`Datetime.valueOf('2008-10-05')`, `Datetime.parse('2008-10-05')`])(
    '%s is a TypeException',
    async (expression) => {
      const source = `try { ${expression}; } catch (System.TypeException e) { System.debug(e.getMessage()); }`;
      expect(await runApex(source)).toEqual(['Invalid date/time: 2008-10-05']);
    },
  );

  it('moves by days of 24 hours, whatever the clocks do', async () => {
    expect(
      await runApexWith(
        { TimeZoneSidKey: 'America/Chicago' },
        `
        Datetime dt = Datetime.newInstance(2018, 11, 4);
        System.debug(dt.addDays(1).format('yyyy-MM-dd HH:mm:ss'));
        System.debug(dt.isSameDay(dt.addDays(1)));
      `,
      ),
    ).toEqual(['2018-11-04 23:00:00', 'true']);
  });
});

describe('a locale that is not described', () => {
  it('is refused by name', async () => {
    await expect(
      runApexWith({ LocaleSidKey: 'ja_JP' }, 'System.debug(Date.newInstance(2026, 1, 2).format());'),
    ).rejects.toThrow('LOCAL_ORG_NOT_IMPLEMENTED: dates in the locale ja_JP');
  });
});

describe('a TimeZone', () => {
  it('tells its name and its offset', async () => {
    expect(
      await runApex(`
        TimeZone tz = TimeZone.getTimeZone('America/Los_Angeles');
        System.debug(tz.getID() + ' ' + tz.toString());
        System.debug(tz.getOffset(Datetime.newInstance(2012, 10, 23, 12, 0, 0)));
        System.debug(tz.getOffset(Datetime.newInstance(2012, 11, 23, 12, 0, 0)));
        System.debug(TimeZone.getTimeZone('Nowhere').getID());
      `),
    ).toEqual(['America/Los_Angeles America/Los_Angeles', '-25200000', '-28800000', 'GMT']);
  });
});
