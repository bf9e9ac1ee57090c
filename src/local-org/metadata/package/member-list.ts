import { isSupportedType, parentTypeOf } from '../types/metadata-type.ts';
import type { Manifest } from './manifest.ts';

/** Which components a manifest names. Names are compared without case, as Salesforce does. */
export class MemberList {
  readonly #explicit = new Map<string, Map<string, string>>();
  readonly #wildcards = new Set<string>();

  constructor(manifest: Manifest) {
    for (const { name, members } of manifest.types) {
      const known = this.#explicit.get(name) ?? new Map<string, string>();
      for (const member of members) {
        if (member === '*') this.#wildcards.add(name);
        else known.set(member.toLowerCase(), member);
      }
      this.#explicit.set(name, known);
    }
  }

  /** True if the manifest names the component, by name or by `*`. */
  has(type: string, fullName: string): boolean {
    return this.#wildcards.has(type) || this.#explicit.get(type)?.has(fullName.toLowerCase()) === true;
  }

  /** True if the manifest names the component itself or the object file it lies in: naming an object names its fields. */
  hasOrParent(type: string, fullName: string): boolean {
    if (this.has(type, fullName)) return true;
    const parent = parentTypeOf(type);
    return parent !== undefined && this.has(parent.name, fullName.slice(0, fullName.indexOf('.')));
  }

  /** Explicit members of supported types that are not among the components present. */
  unmet(
    present: readonly { readonly type: string; readonly fullName: string }[],
  ): { type: string; fullName: string }[] {
    const keys = new Set(present.map((component) => `${component.type}\n${component.fullName.toLowerCase()}`));
    return [...this.#explicit]
      .filter(([type]) => isSupportedType(type))
      .flatMap(([type, members]) =>
        [...members].filter(([key]) => !keys.has(`${type}\n${key}`)).map(([, fullName]) => ({ type, fullName })),
      );
  }
}
