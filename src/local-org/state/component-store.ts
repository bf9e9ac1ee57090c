/** One metadata component as its files: what a deploy brought and a retrieve gives back. */
export interface Component {
  /** Metadata type, e.g. `ApexClass`. */
  readonly type: string;
  /** Full name, e.g. `OpenSalesforceCaseManagement` or `Case.Case_From__c`. */
  readonly fullName: string;
  /** Path in an mdapi package, e.g. `classes/X.cls`; for parts of an object file, the object's (`objects/Case.object`). */
  readonly fileName: string;
  /** The body for types with a `-meta.xml` beside them (Apex); undefined for plain XML types. */
  readonly body: string | undefined;
  /** The metadata as XML: the `-meta.xml`, the file itself, or the one element of an object file (`<fields>…</fields>`). */
  readonly xml: string;
  /** Id of the record that stands for it (`01p…`, `01q…`, `0XA…`, `00N…`, `0PS…`), if the type has one. */
  readonly recordId: string | undefined;
  readonly createdDate: string;
  readonly lastModifiedDate: string;
}

export type ComponentInit = Omit<Component, 'createdDate' | 'lastModifiedDate'>;

/** Components by type and full name; names are compared without case, as Salesforce does. */
export interface ComponentStore {
  get(type: string, fullName: string): Component | undefined;
  list(type: string): Component[];
  /** Inserts or replaces. */
  put(component: ComponentInit): Component;
  delete(type: string, fullName: string): boolean;
  /** Grows with every change of components of the type: lets readers keep what they computed. */
  version(type: string): number;
}
