import type { NativeClass } from '../native.ts';
import { accessLevelClass } from './access-level.ts';
import { assertClass, systemAssertions } from './assert.ts';
import { collatorClass } from './collator.ts';
import { exceptionClass } from './exception.ts';
import { featureManagementClass } from './feature-management.ts';
import { limitsClass } from './limits.ts';
import { objectClass } from './object.ts';
import { requestClass } from './request.ts';
import { typeClass } from './type.ts';
import { userInfoClass } from './user-info.ts';
import { versionClass } from './version.ts';

/** What every value and every transaction has, exceptions, assertions, types and the running user. */
export const coreLibrary: readonly NativeClass[] = [
  accessLevelClass,
  assertClass,
  collatorClass,
  exceptionClass,
  featureManagementClass,
  limitsClass,
  objectClass,
  requestClass,
  systemAssertions,
  typeClass,
  userInfoClass,
  versionClass,
];
