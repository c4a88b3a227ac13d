import { readFile } from 'node:fs/promises';
import { compileContract } from '@contract-first/codegen';
import type { AnyOperations, Contract, ErrorDocument } from '@contract-first/core';

/** The operations of profiles.yaml. */
export interface ProfileOperations {
  readonly GetProfile: {
    parameters: { path: { profileId: string }; header?: { 'If-Match'?: string; 'If-None-Match'?: string } };
    responses: Refusals & { 200: ProfileReply; 304: { headers: EntityTag; content?: never } };
  };
  readonly UpdateProfile: {
    parameters: { path: { profileId: string }; header?: { 'If-Match'?: string } };
    requestBody: { content: { 'application/vnd.api+json': ProfileUpdate } };
    responses: Refusals & { 200: ProfileReply; 403: Refusal };
  };
}

/** What somebody tells of themself: null is not told. */
export interface ProfileAttributes {
  readonly displayName: string | null;
  readonly motto: string | null;
  readonly contact: string;
  readonly mood: 'calm' | 'busy' | 'away' | null;
  readonly createdAt: string;
  readonly timeZone: string | null;
  readonly place: Readonly<Record<string, string>> | null;
}

export interface ProfileDocument {
  readonly data: { readonly type: 'Profile'; readonly id: string; readonly attributes: ProfileAttributes };
}

interface ProfileUpdate {
  readonly data: { readonly type: 'Profile'; readonly id: string; readonly attributes?: Partial<ProfileAttributes> };
}

interface EntityTag {
  ETag: string;
}

interface ProfileReply {
  headers: EntityTag;
  content: { 'application/vnd.api+json': ProfileDocument };
}

interface Refusal {
  headers: { [name: string]: unknown };
  content: { 'application/vnd.api+json': ErrorDocument };
}

interface Refusals {
  404: Refusal;
  412: Refusal;
}

let compiled: Promise<Contract<AnyOperations>> | undefined;

/** The contract of a JSON:API with one resource, compiled once in each worker. */
export async function profileContract(): Promise<Contract<ProfileOperations>> {
  compiled ??= readFile(new URL('profiles.yaml', import.meta.url), 'utf8').then((text) => compileContract(text));
  // The interface above is written after the same document.
  return (await compiled) as unknown as Contract<ProfileOperations>;
}
