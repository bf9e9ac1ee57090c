import type { NativeClass } from '../native.ts';
import { httpRequest } from './http-request.ts';
import { httpResponse } from './http-response.ts';
import { http } from './http.ts';

/** Callouts. Mocks made of static resources are not there: the local org stores none. */
export const httpLibrary: readonly NativeClass[] = [http, httpRequest, httpResponse];
