import { platformType } from '../../platform/platform.ts';
import type { CalloutResponse } from '../../run/callouts/callouts.ts';
import { SelfDescribing } from '../../values/self-describing.ts';
import { ApexValue } from '../../values/value.ts';
import { HeaderList } from './header-list.ts';

const noBytes = new Uint8Array();

/** A `System.HttpRequest`. */
export class HttpRequestValue extends SelfDescribing {
  readonly type = platformType('System.HttpRequest');
  readonly headers = new HeaderList();
  endpoint: string | null = null;
  method: string | null = null;
  body: Uint8Array = noBytes;
  /** Milliseconds; the platform's default is 10 seconds. */
  timeoutMs = 10_000;
  /** The body is sent gzipped. */
  compressed = false;

  text(): string {
    return `System.HttpRequest[Endpoint=${this.endpoint ?? 'null'}, Method=${this.method ?? 'null'}]`;
  }
}

/** A `System.HttpResponse`, of a callout or made by a mock. */
export class HttpResponseValue extends SelfDescribing {
  readonly type = platformType('System.HttpResponse');
  readonly headers: HeaderList;
  status: string | null = null;
  statusCode = 0;
  body: Uint8Array = noBytes;

  constructor(response?: CalloutResponse) {
    super();
    this.headers = HeaderList.of(response?.headers ?? []);
    if (response === undefined) return;
    this.status = response.status;
    this.statusCode = response.statusCode;
    this.body = response.body;
  }

  text(): string {
    return `System.HttpResponse[Status=${this.status ?? 'null'}, StatusCode=${this.statusCode}]`;
  }
}

/** A `System.Http`: it has nothing but its method. */
export class HttpValue extends ApexValue {
  readonly type = platformType('System.Http');
}
