/** The problem of a component that asks for what the local org does not do; every way a component comes knows it by its form. */
export function notImplementedProblem(thing: string): string {
  return `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement ${thing}.`;
}
