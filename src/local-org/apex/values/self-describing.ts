import { ApexValue } from './value.ts';

/** A value of the platform that says itself how it prints, e.g. `System.HttpRequest[Endpoint=…, Method=GET]`. */
export abstract class SelfDescribing extends ApexValue {
  abstract text(): string;
}
