import { describe } from 'vitest';

import { addressContract } from './address-contract.ts';
import { backupContract } from './backup-contract.ts';
import { cacheContract } from './cache-contract.ts';
import { clientContract } from './client-contract.ts';
import { configContract } from './config-command.ts';
import { databaseContract } from './database-contract.ts';
import { debugContract } from './debug-contract.ts';
import { guardedHealthContract } from './guarded-health-contract.ts';
import { healthContract } from './health-contract.ts';
import { idempotencyContract } from './idempotency-contract.ts';
import { imageContract } from './image-contract.ts';
import { importAgainContract } from './import-again-contract.ts';
import { importContract } from './import-contract.ts';
import { jobContract } from './job-contract.ts';
import { migrateContract } from './migrate-contract.ts';
import { openapiContract } from './openapi-contract.ts';
import { ordersContract } from './orders-contract.ts';
import { pagingContract } from './paging-contract.ts';
import { readmeContract } from './readme-contract.ts';
import { refusalContract } from './refusal-contract.ts';
import { runbookContract } from './runbook-contract.ts';
import { serviceManagerContract } from './service-manager-contract.ts';
import { startContract } from './start-contract.ts';
import { stopContract } from './stop-contract.ts';
import { tlsContract } from './tls-contract.ts';
import { verifyContract } from './verify-contract.ts';
import { workflowContract } from './workflow-contract.ts';

/** A service that is held to the contract. */
interface Target {
  readonly name: string;
  /** Holds its service.json. */
  readonly directory: string;
}

/** What the name or the place of a service could spoil: a generated one is held to this besides its template. */
function itsOwn(directory: string): void {
  describe('orders', () => {
    ordersContract(directory);
  });
  describe('refusals', () => {
    refusalContract(directory);
  });
  describe('its OpenAPI document', () => {
    openapiContract(directory);
  });
  describe('health', () => {
    healthContract(directory);
  });
  describe('metrics and status page', () => {
    guardedHealthContract(directory);
  });
  describe('starting', () => {
    startContract(directory);
  });
  describe('its settings', () => {
    verifyContract(directory);
  });
  describe('seaworthy config', () => {
    configContract(directory);
  });
  describe('its README', () => {
    readmeContract(directory);
  });
  describe('its runbook', () => {
    runbookContract(directory);
  });
  describe('its image', () => {
    imageContract(directory);
  });
  describe('its workflow', () => {
    workflowContract(directory);
  });
}

/** What the code of its template decides, whatever the service is called. */
function ofItsTemplate(directory: string): void {
  describe('its clients', () => {
    clientContract(directory);
  });
  describe('stopping', () => {
    stopContract(directory);
  });
  describe('under a service manager', () => {
    serviceManagerContract(directory);
  });
  describe('importing', () => {
    importContract(directory);
    importAgainContract(directory);
  });
  describe('its jobs', () => {
    jobContract(directory);
  });
  describe('migrating', () => {
    migrateContract(directory);
  });
  describe('idempotency keys', () => {
    idempotencyContract(directory);
  });
  describe('pages', () => {
    pagingContract(directory);
  });
  describe('the cache', () => {
    cacheContract(directory);
  });
  describe('addresses', () => {
    addressContract(directory);
  });
  describe('an hour of debugging', () => {
    debugContract(directory);
  });
  tlsContract(directory);
  describe('a database of its own choice', () => {
    databaseContract(directory);
  });
  describe('its backups', () => {
    backupContract(directory);
  });
}

/** The part of the contract that is tried again with every service that is generated. */
export function serviceContract({ name, directory }: Target): void {
  describe(`the contract, kept by ${name}`, () => {
    itsOwn(directory);
  });
}

/** The part that is tried with each template, in a file of tests beside that of the first: it takes as long. */
export function templateContract({ name, directory }: Target): void {
  describe(`the contract, kept by ${name}`, () => {
    ofItsTemplate(directory);
  });
}

/** Everything that every service promises, whatever it is written in. */
export function contract(target: Target): void {
  serviceContract(target);
  templateContract(target);
}

/** The contract for a service that was just generated: its template has kept the rest in the same run. */
export function generatedContract(target: Target): void {
  serviceContract(target);
  if (process.env['WHOLE_CONTRACT'] === 'true') templateContract(target);
}
