import { hashTree, sha256, type FileTree } from '../plan/template.ts';

import type { Policy } from './policy.ts';
import { policyOf } from './policy.ts';

export const stateFile = '.seaworthy/state.json';
export const baseFile = '.seaworthy/base.tgz';
export const stateSchema = 'state/1';

/** The files that are the record itself. */
export const recordFiles: ReadonlySet<string> = new Set([stateFile, baseFile]);

/** What was rendered, without the files that are its record. */
export function withoutRecords(rendered: FileTree): FileTree {
  return new Map([...rendered].filter(([file]) => !recordFiles.has(file)));
}

/** The files that are the record of what was rendered. */
export function recordsOf(rendered: FileTree): FileTree {
  return new Map([...rendered].filter(([file]) => recordFiles.has(file)));
}

/** What a file was when the template wrote it. */
export interface FileRecord {
  readonly sha256: string;
  readonly mode: string;
  readonly policy: Policy;
}

/** What is rendered into a service beside its answers. */
export interface Rendering {
  readonly tagPrefix: string;
  readonly bundleNode: boolean;
}

/** The contents of `.seaworthy/state.json`. */
export interface ServiceState {
  readonly schema: string;
  readonly engineVersion: string;
  readonly template: string;
  readonly templateVersion: string;
  /** One hash over the files of the template, before they were rendered. */
  readonly templateTree: string;
  /** Counts the changes to the questions; migrations lead from one to the next. */
  readonly answersVersion: number;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly rendering: Rendering;
  readonly files: Readonly<Record<string, FileRecord>>;
}

export interface StateFacts extends Omit<ServiceState, 'schema' | 'templateVersion' | 'templateTree' | 'files'> {
  readonly templateFiles: FileTree;
}

/** The record of a service as it is written: its template, its answers, and every file. */
export function renderState({ templateFiles, ...facts }: StateFacts, files: FileTree): string {
  const state: ServiceState = {
    schema: stateSchema,
    engineVersion: facts.engineVersion,
    template: facts.template,
    templateVersion: facts.engineVersion,
    templateTree: hashTree(templateFiles),
    answersVersion: facts.answersVersion,
    answers: facts.answers,
    rendering: { tagPrefix: facts.rendering.tagPrefix, bundleNode: facts.rendering.bundleNode },
    files: Object.fromEntries(
      [...files].map(([file, { contents, mode }]) => [
        file,
        { sha256: sha256(contents), mode: mode.toString(8), policy: policyOf(file) },
      ]),
    ),
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}
