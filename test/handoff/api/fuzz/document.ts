/** The part of JSON Schema that the document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: JsonSchema;
}

interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

/** An OpenAPI document, as the server hands it out. */
export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

export function routesOf({ paths }: OpenApi): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** The schemas of an answer by media type; undefined if the document has no such answer. */
export function contentOf(document: OpenApi, operation: DocumentedOperation, status: number): Answer['content'] {
  const answer = operation.responses[status];
  return answer?.$ref === undefined ? answer?.content : (placeAt(document, answer.$ref) as Answer).content;
}

/** @throws Error if the document has nothing there */
export function schemaAt(document: OpenApi, ref: string): JsonSchema {
  return placeAt(document, ref);
}

function placeAt(document: OpenApi, ref: string): object {
  const steps = ref.replace(/^#\//, '').split('/');
  let place: unknown = document;
  for (const step of steps) place = (place as Record<string, unknown> | undefined)?.[step];
  if (typeof place !== 'object' || place === null) throw new Error(`the document has no ${ref}`);
  return place;
}
