import type { InstanceNative } from '../../native.ts';

/** Methods of String: `self` is the text, numbers and other texts come as arguments. */
export type StringMethods = Readonly<Record<string, InstanceNative<string>>>;
