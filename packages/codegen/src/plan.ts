import type {
  Operation,
  Parameter,
  RequestBody,
  Response,
  ResponseHeader,
  SecurityScheme,
  Validator,
} from '@contract-first/core';

/** Stands for a validator, by the name that it is exported by. */
export class ValidatorName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A part of the contract before its validators are there. */
export type Planned<T> = T extends Validator
  ? ValidatorName
  : T extends string | number | boolean | null | undefined
    ? T
    : { readonly [K in keyof T]: Planned<T[K]> };

export type OperationPlan = Planned<Operation>;
export type ParameterPlan = Planned<Parameter>;
export type RequestBodyPlan = Planned<RequestBody>;
export type ContentPlan = RequestBodyPlan['content'];
export type ResponsePlan = Planned<Response>;
export type ReplyContentPlan = ResponsePlan['content'];
export type HeaderPlan = Planned<ResponseHeader>;

/** The contract before its validators are there. */
export interface ContractPlan {
  readonly title: string;
  readonly version: string;
  readonly basePath: string;
  readonly operations: Readonly<Record<string, OperationPlan>>;
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
}
