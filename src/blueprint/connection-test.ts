import { apexString, identifier } from './rendering/escape.ts';
import type { WebhookContract } from './webhook-contract.ts';
import { signatureHeader } from './webhook-signature.ts';

/** Event name of a call that only asks whether the webhook is reached; it reports nothing and is no part of the contract. */
export const connectionTestEvent = 'connection_test';

/** Stands before the answer in the message of the exception that carries it out of the org. */
export const connectionTestMark = 'opencx-sf:';

/**
 * Anonymous Apex that posts a test event to the Named Credential and throws what it was answered: `executeAnonymous` by
 * REST gives back no log, but the message of an exception. It saves nothing.
 * @param deliveryId told to the receiver, to find the call again
 * @param setting API name of the custom setting with the secret, where calls are signed
 */
export function connectionTestApex(
  namedCredential: string,
  contract: WebhookContract,
  deliveryId: string,
  setting?: string,
): string {
  const key = (name: string): string => apexString(contract.keys[name] ?? name);
  return [
    'HttpRequest request = new HttpRequest();',
    `request.setEndpoint(${apexString(`callout:${namedCredential}`)});`,
    "request.setMethod('POST');",
    "request.setHeader('Content-Type', 'application/json; charset=UTF-8');",
    'request.setTimeout(20000);',
    'request.setBody(JSON.serialize(new Map<String, Object>{',
    `  ${key('deliveryId')} => ${apexString(deliveryId)},`,
    `  ${key('contractVersion')} => ${contract.version},`,
    `  ${key('event')} => ${apexString(connectionTestEvent)},`,
    `  ${key('occurredAt')} => Datetime.now().formatGmt('yyyy-MM-dd\\'T\\'HH:mm:ss.SSS\\'Z\\''),`,
    `  ${key('organizationId')} => UserInfo.getOrganizationId()`,
    '}));',
    ...(setting === undefined ? [] : signing(setting)),
    'HttpResponse response = new Http().send(request);',
    `throw new IllegalArgumentException(${apexString(connectionTestMark)} + response.getStatusCode() + ' ' + response.getStatus());`,
  ].join('\n');
}

/** As the Apex class signs every other call. */
function signing(setting: string): string[] {
  return [
    `String secret = ${identifier(setting)}.getOrgDefaults().Secret__c;`,
    'if (String.isNotBlank(secret)) {',
    '  String signedAt = String.valueOf(System.currentTimeMillis() / 1000);',
    "  Blob signed = Blob.valueOf(signedAt + '.' + request.getBody());",
    "  Blob mac = Crypto.generateMac('hmacSHA256', signed, Blob.valueOf(secret));",
    `  request.setHeader(${apexString(signatureHeader)}, 't=' + signedAt + ',v1=' + EncodingUtil.convertToHex(mac));`,
    '}',
  ];
}
