import { platformType } from '../../platform/platform.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import type { NativeClass } from '../native.ts';

function level(mode: string): PlatformObject {
  return new PlatformObject(platformType('System.AccessLevel'), [['mode', mode]]);
}

const userMode = level('USER_MODE');
const systemMode = level('SYSTEM_MODE');

/** Which of the two it is, for whoever is given one. */
export function isUserMode(value: unknown): boolean {
  return value === userMode;
}

export const accessLevelClass: NativeClass = {
  name: 'System.AccessLevel',
  staticFields: { system_mode: () => systemMode, user_mode: () => userMode },
};
