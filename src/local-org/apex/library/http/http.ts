import { logEvents } from '../../logs/log-events.ts';
import { calloutsOf } from '../../run/callouts/callouts.ts';
import type { CalloutCapable } from '../../run/callouts/callouts.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { notImplemented } from '../../values/not-implemented.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { methodsOf, nullArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { calloutRequest } from './callout-request.ts';
import { HttpRequestValue, HttpResponseValue, HttpValue } from './http-values.ts';

function calloutError(message: string): Error {
  return apexError('System.CalloutException', message);
}

/** Where and when Apex may not call out at all. @throws ApexThrown System.CalloutException */
function checkAllowed(run: Run, capable: CalloutCapable): void {
  if (capable.trigger !== undefined) throw calloutError('Callout from triggers are currently not supported.');
  if (run.entry === 'schedulable') throw calloutError('Callout from scheduled Apex not supported.');
  if (capable.calloutRefusal !== undefined) throw calloutError(capable.calloutRefusal);
  if (run.hasPendingWork) {
    throw calloutError('You have uncommitted work pending. Please commit or rollback before calling out');
  }
}

/** Tests never reach the network: the mock answers, whatever the endpoint. */
function mockedResponse(run: Run, capable: CalloutCapable, request: HttpRequestValue): Value {
  const mock = capable.test?.mocks.get('httpcalloutmock');
  if (mock === undefined || mock === null) {
    throw apexError('System.TypeException', 'Methods defined as TestMethod do not support Web service callouts');
  }
  if (!(mock instanceof Instance)) throw notImplemented('mocks of callouts that are no class of the org');
  return run.invoke(mock, 'respond', [request]);
}

function realResponse(run: Run, capable: CalloutCapable, request: HttpRequestValue): HttpResponseValue {
  const outgoing = calloutRequest(run, request);
  if (capable.callouts === undefined) throw notImplemented('callouts from here');
  const result = capable.callouts.send(outgoing);
  if ('failure' in result) throw calloutError(result.failure);
  return new HttpResponseValue(result);
}

function send(run: Run, request: Value): Value {
  if (!(request instanceof HttpRequestValue)) throw nullArgument();
  const capable = calloutsOf(run);
  run.limits.use('Callouts');
  checkAllowed(run, capable);
  const line = capable.frames?.at(-1)?.line ?? 0;
  logEvents.calloutRequest(run.log, line, request.text());
  const response = run.isTest ? mockedResponse(run, capable, request) : realResponse(run, capable, request);
  logEvents.calloutResponse(run.log, line, textOf(run, response));
  return response;
}

export const http: NativeClass = {
  name: 'System.Http',
  construct: () => new HttpValue(),
  methods: methodsOf({
    send: (run, _self, [request = null]) => send(run, request),
    tostring: () => 'System.Http',
  }),
};
