import { describe, expect, it } from 'vitest';

import { apexOf } from '../../../../../src/local-org/apex/runtime.ts';
import { runTestClass } from '../../../../../src/local-org/apex/testing/run-test-class.ts';
import { testClassesOf } from '../../../../../src/local-org/apex/testing/test-classes.ts';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import { apexSourceOrg } from '../../apex-source-org.ts';

const sender = `public class Sender {
  public static HttpResponse send() {
    HttpRequest request = new HttpRequest();
    request.setEndpoint('callout:Nowhere');
    request.setMethod('POST');
    request.setBody('{"a":1}');
    return new Http().send(request);
  }
}`;

const senderTest = `@IsTest
private class SenderTest {
  private class Mock implements HttpCalloutMock {
    public HttpResponse respond(HttpRequest request) {
      HttpResponse response = new HttpResponse();
      response.setStatusCode(202);
      response.setBody(request.getMethod() + ' ' + request.getEndpoint() + ' ' + request.getBody());
      return response;
    }
  }
  @IsTest static void mocked() {
    Test.setMock(HttpCalloutMock.class, new Mock());
    HttpResponse response = Sender.send();
    System.assertEquals(202, response.getStatusCode());
    System.assertEquals('POST callout:Nowhere {"a":1}', response.getBody());
    System.assertEquals(1, Limits.getCallouts());
  }
  @IsTest static void withoutMock() {
    Sender.send();
  }
}`;

describe('callouts of tests', () => {
  it('are answered by the mock, and refused without one', async () => {
    const org = openOrgState();
    try {
      await apexSourceOrg(org.state, { classes: { Sender: sender, SenderTest: senderTest } });
      const program = apexOf(org.state).program();
      const chosen = testClassesOf(org.state, program).map((testClass) => ({ testClass, methods: testClass.methods }));
      const options = { program, userId: org.state.settings.adminUserId };
      const outcomes = chosen.flatMap((one) => runTestClass(org.state, one, options).tests);
      expect(outcomes.map(({ methodName, message }) => [methodName, message])).toEqual([
        ['mocked', undefined],
        ['withoutMock', 'System.TypeException: Methods defined as TestMethod do not support Web service callouts'],
      ]);
    } finally {
      org.close();
    }
  });
});
