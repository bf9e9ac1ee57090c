/** Where an annotation may stand. */
export type AnnotationTarget = 'class' | 'interface' | 'enum' | 'method' | 'field' | 'property' | 'constructor';

interface AnnotationRule {
  /** As messages print it. */
  readonly name: string;
  readonly targets: readonly AnnotationTarget[];
  /** Lower case; undefined where properties are not checked. */
  readonly properties: readonly string[] | undefined;
  /** Methods with it are static. */
  readonly isStatic?: boolean;
}

const anywhere: readonly AnnotationTarget[] = [
  'class',
  'interface',
  'enum',
  'method',
  'field',
  'property',
  'constructor',
];

const rules: readonly AnnotationRule[] = [
  { name: 'AuraEnabled', targets: ['method', 'field', 'property'], properties: ['cacheable', 'continuation', 'scope'] },
  { name: 'Deprecated', targets: anywhere, properties: [] },
  { name: 'Future', targets: ['method'], properties: ['callout'], isStatic: true },
  { name: 'HttpDelete', targets: ['method'], properties: undefined, isStatic: true },
  { name: 'HttpGet', targets: ['method'], properties: undefined, isStatic: true },
  { name: 'HttpPatch', targets: ['method'], properties: undefined, isStatic: true },
  { name: 'HttpPost', targets: ['method'], properties: undefined, isStatic: true },
  { name: 'HttpPut', targets: ['method'], properties: undefined, isStatic: true },
  { name: 'InvocableMethod', targets: ['method'], properties: undefined, isStatic: true },
  { name: 'InvocableVariable', targets: ['field', 'property'], properties: undefined },
  {
    name: 'IsTest',
    targets: ['class', 'method'],
    properties: ['seealldata', 'isparallel', 'oninstall', 'testfor', 'critical'],
  },
  { name: 'JsonAccess', targets: ['class'], properties: ['serializable', 'deserializable'] },
  { name: 'NamespaceAccessible', targets: anywhere, properties: undefined },
  { name: 'ReadOnly', targets: ['method'], properties: undefined },
  { name: 'RemoteAction', targets: ['method'], properties: undefined, isStatic: true },
  { name: 'RestResource', targets: ['class'], properties: ['urlmapping'] },
  { name: 'SuppressWarnings', targets: anywhere, properties: undefined },
  { name: 'TestSetup', targets: ['method'], properties: [], isStatic: true },
  { name: 'TestVisible', targets: anywhere, properties: [] },
];

const byName = new Map(rules.map((rule) => [rule.name.toLowerCase(), rule]));

export function findAnnotationRule(name: string): AnnotationRule | undefined {
  return byName.get(name.toLowerCase());
}
