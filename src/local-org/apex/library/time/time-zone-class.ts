import type { Run } from '../../run/run.ts';
import { platformType } from '../../platform/platform.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { ApexDatetime } from '../../values/temporal.ts';
import type { NativeClass } from '../native.ts';
import { methodsOf, nullArgument, textArgument } from '../native.ts';
import { timeZoneId } from './time-zone-ids.ts';
import { zoneDisplayName } from './time-zone-names.ts';
import { userTimeZone, zoneOffset } from './time-zone.ts';

/** A System.TimeZone. @param id e.g. `Europe/Berlin`; an unknown one is GMT, as in Java */
export function timeZoneOf(id: string): PlatformObject {
  return new PlatformObject(platformType('System.TimeZone'), [['id', timeZoneId(id)]]);
}

/** What `UserInfo.getTimeZone()` gives. */
export function timeZoneOfUser(run: Run): PlatformObject {
  return timeZoneOf(userTimeZone(run));
}

function idOf(zone: PlatformObject): string {
  const id = zone.get('id');
  return typeof id === 'string' ? id : 'GMT';
}

export const timeZoneClass: NativeClass = {
  name: 'System.TimeZone',
  statics: {
    gettimezone: (_run, args) => timeZoneOf(textArgument(args, 0)),
  },
  methods: methodsOf<PlatformObject>({
    getdisplayname: (run, self) => zoneDisplayName(run.now().getTime(), idOf(self)),
    getid: (_run, self) => idOf(self),
    getoffset: (_run, self, [datetime]) => {
      if (!(datetime instanceof ApexDatetime)) throw nullArgument();
      return zoneOffset(datetime.time, idOf(self));
    },
    tostring: (_run, self) => idOf(self),
  }),
};
