import { textArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';

/** Custom permissions are no part of the local org's metadata, and a permission that nobody defined nobody has. */
export const featureManagementClass: NativeClass = {
  name: 'System.FeatureManagement',
  statics: {
    checkpermission: (_run, args) => {
      textArgument(args, 0);
      return false;
    },
  },
};
