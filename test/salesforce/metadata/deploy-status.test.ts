import { describe, expect, test } from 'vitest';

import { readDeployStatus, UnknownDeployStatus } from '../../../src/salesforce/metadata/deploy-status.ts';
import { explainFailure } from '../../../src/salesforce/metadata/explain-failure.ts';

const rest = {
  id: '0Af000000000001AAA',
  status: 'Failed',
  done: true,
  success: false,
  checkOnly: false,
  numberComponentsTotal: 2,
  numberComponentsDeployed: 1,
  numberComponentErrors: 1,
  details: {
    componentFailures: [
      {
        componentType: 'ApexClass',
        fullName: 'Foo',
        fileName: 'classes/Foo.cls',
        success: false,
        created: false,
        changed: false,
        deleted: false,
        problem: 'Variable does not exist: bar',
        problemType: 'Error',
        lineNumber: 3,
        columnNumber: 9,
      },
    ],
    componentSuccesses: [
      {
        componentType: 'CustomField',
        fullName: 'Case.A__c',
        fileName: 'objects/Case.object',
        success: true,
        created: true,
        changed: true,
        deleted: false,
      },
    ],
  },
};

describe('a deployment status', () => {
  test('is read from REST', () => {
    const status = readDeployStatus(rest);
    expect(status).toMatchObject({ state: 'Failed', done: true, components: { total: 2, deployed: 1, errors: 1 } });
    expect(status.componentFailures).toEqual([
      {
        type: 'ApexClass',
        fullName: 'Foo',
        fileName: 'classes/Foo.cls',
        state: 'failed',
        problem: 'Variable does not exist: bar',
        problemType: 'Error',
        line: 3,
        column: 9,
      },
    ]);
    expect(status.componentSuccesses[0]?.state).toBe('created');
  });

  test('is the same from SOAP, where everything is text and one item is no list', () => {
    const soap = {
      ...rest,
      done: 'true',
      success: 'false',
      numberComponentsTotal: '2',
      numberComponentsDeployed: '1',
      numberComponentErrors: '1',
      errorMessage: { $: { 'xsi:nil': 'true' } },
      details: {
        componentFailures: {
          ...rest.details.componentFailures[0],
          success: 'false',
          created: 'false',
          lineNumber: '3',
          columnNumber: '9',
        },
        componentSuccesses: {
          ...rest.details.componentSuccesses[0],
          success: 'true',
          created: 'true',
          changed: 'true',
          deleted: 'false',
        },
      },
    };
    expect(readDeployStatus(soap)).toEqual(readDeployStatus(rest));
  });

  test.each([[undefined], [null], ['<html>'], [{}], [{ status: 'Unknown' }]])(
    'is refused when it is none: %j',
    (answer) => {
      expect(() => readDeployStatus(answer)).toThrow(UnknownDeployStatus);
    },
  );
});

describe('a failed deployment explains itself', () => {
  const empty = { id: '0Af', status: 'Failed', done: true, success: false };

  test('by its component failures, with line and column', () => {
    expect(explainFailure(readDeployStatus(rest))).toEqual([
      'ApexClass Foo (line 3, column 9): Variable does not exist: bar',
    ]);
  });

  test('by coverage warnings, when no component failed', () => {
    const details = {
      runTestResult: {
        codeCoverageWarnings: [{ name: 'OpenCaseTrigger', message: 'Test coverage is 0%, at least 75% is required' }],
      },
    };
    expect(explainFailure(readDeployStatus({ ...empty, details }))).toEqual([
      'Coverage of OpenCaseTrigger: Test coverage is 0%, at least 75% is required',
    ]);
  });

  test('by its first failed tests, and not by the coverage that they lack', () => {
    const failures = Array.from({ length: 7 }, (_, index) => ({
      name: 'ATest',
      methodName: `test${index}`,
      message: 'System.DmlException: no cases today',
    }));
    const codeCoverageWarnings = [{ name: 'A', message: 'Test coverage is 0%, at least 75% is required' }];
    const details = { runTestResult: { failures, codeCoverageWarnings } };
    expect(explainFailure(readDeployStatus({ ...empty, details }))).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `Test ATest.test${index}: System.DmlException: no cases today`),
      '2 more tests failed',
    ]);
  });

  test('by its error message, when that is all there is', () => {
    const reasons = explainFailure(
      readDeployStatus({
        ...empty,
        errorMessage: 'UNKNOWN_EXCEPTION: try later',
        errorStatusCode: 'UNKNOWN_EXCEPTION',
      }),
    );
    expect(reasons).toEqual(['UNKNOWN_EXCEPTION: UNKNOWN_EXCEPTION: try later']);
  });

  test('and says so, when Salesforce gave no reason at all', () => {
    expect(explainFailure(readDeployStatus(empty))[0]).toMatch(/gave no reason/);
  });
});
