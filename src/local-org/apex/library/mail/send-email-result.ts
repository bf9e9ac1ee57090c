import type { MailProblem } from '../../../mail/send/outgoing-mail.ts';
import { platformType } from '../../platform/platform.ts';
import { primitives } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import type { NativeClass } from '../native.ts';
import { propertyMethods } from '../native.ts';

export const sendEmailResultClass: NativeClass = {
  name: 'Messaging.SendEmailResult',
  ...propertyMethods('Errors', 'Success'),
};

export const sendEmailErrorClass: NativeClass = {
  name: 'Messaging.SendEmailError',
  ...propertyMethods('Fields', 'Message', 'StatusCode', 'TargetObjectId'),
};

/** The result of one mail. @param problem undefined for a mail that was accepted */
export function sendEmailResult(problem: MailProblem | undefined): PlatformObject {
  const errors = problem === undefined ? [] : [sendEmailError(problem)];
  return new PlatformObject(platformType('Messaging.SendEmailResult'), [
    ['Success', problem === undefined],
    ['Errors', ApexList.of(platformType('Messaging.SendEmailError'), errors)],
  ]);
}

function sendEmailError({ statusCode, message, fields, targetObjectId }: MailProblem): PlatformObject {
  return new PlatformObject(platformType('Messaging.SendEmailError'), [
    ['Fields', ApexList.of(primitives.String, [...fields])],
    ['Message', message],
    ['StatusCode', platformConstant('System.StatusCode', statusCode)],
    ['TargetObjectId', targetObjectId ?? null],
  ]);
}
