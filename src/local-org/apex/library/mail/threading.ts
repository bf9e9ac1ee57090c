import { caseOfHeaders } from '../../../mail/threading/case-of-headers.ts';
import { threadingMessageId } from '../../../mail/threading/message-id.ts';
import { caseOfReferenceId } from '../../../mail/threading/reference-id.ts';
import { recordOfToken, threadingToken } from '../../../mail/threading/threading-token.ts';
import type { OrgState } from '../../../state/org-state.ts';
import { toId18 } from '../../../store/record-id.ts';
import { ApexList } from '../../values/collections/list.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import type { Value } from '../../values/value.ts';
import { textArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';

export const emailMessagesClass: NativeClass = {
  name: 'System.EmailMessages',
  statics: {
    getformattedthreadingtoken: (run, [id = null]) => {
      const recordId = existingRecord(run.org, id);
      return recordId === undefined ? null : threadingToken(run.org, recordId);
    },
    getrecordidfromemail: (run, args) => {
      const texts = args.filter((text) => typeof text === 'string');
      return recordOfToken(run.org, texts.join('\n')) ?? null;
    },
  },
};

export const casesClass: NativeClass = {
  name: 'System.Cases',
  statics: {
    generatethreadingmessageid: (run, args) => threadingMessageId(run.org, textArgument(args, 0)),
    getcaseidfromemailheaders: (run, [headers = null]) => {
      const given = headers instanceof ApexList ? headers.items : [];
      return caseOfHeaders(run.org, given.flatMap(headerOf)) ?? null;
    },
    getcaseidfromemailthreadid: (run, args) => caseOfReferenceId(run.org, textArgument(args, 0)) ?? null,
  },
};

/** The 18-character id of a record that is there. */
function existingRecord(org: OrgState, id: Value): string | undefined {
  const id18 = typeof id === 'string' ? toId18(id) : undefined;
  const object = id18 === undefined ? undefined : org.schema().data.objectByKeyPrefix(id18.slice(0, 3));
  return id18 === undefined || object === undefined ? undefined : org.records.get(object.name, id18)?.Id;
}

function headerOf(header: Value): { name: string; value: string }[] {
  if (!(header instanceof PlatformObject)) return [];
  const name = header.get('name');
  const value = header.get('value');
  return typeof name === 'string' && typeof value === 'string' ? [{ name, value }] : [];
}
