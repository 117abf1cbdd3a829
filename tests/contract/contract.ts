import { describe } from 'vitest';

import { addressContract } from './address-contract.ts';
import { cacheContract } from './cache-contract.ts';
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
import { ordersContract } from './orders-contract.ts';
import { pagingContract } from './paging-contract.ts';
import { refusalContract } from './refusal-contract.ts';
import { startContract } from './start-contract.ts';
import { stopContract } from './stop-contract.ts';
import { readFacts } from './running-service.ts';
import { migratesFirst, type Target } from './target.ts';
import { tlsContract } from './tls-contract.ts';
import { verifyContract } from './verify-contract.ts';
import { workflowContract } from './workflow-contract.ts';

/** Everything that every service promises, whatever it is written in. */
export function contract({ name, directory }: Target): void {
  describe(`the contract, kept by ${name}`, () => {
    describe('orders', () => {
      ordersContract(directory);
    });
    describe('refusals', () => {
      refusalContract(directory);
    });
    describe('health', () => {
      healthContract(directory);
    });
    describe('metrics and status page', () => {
      guardedHealthContract(directory);
    });
    describe('stopping', () => {
      stopContract(directory);
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
    describe('importing', () => {
      importContract(directory);
      importAgainContract(directory);
    });
    describe('its jobs', () => {
      jobContract(directory);
    });
    describe.runIf(migratesFirst[readFacts(directory).language])('a database of its own choice', () => {
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
      tlsContract(directory);
      describe('an hour of debugging', () => {
        debugContract(directory);
      });
      databaseContract(directory);
    });
    describe('its image', () => {
      imageContract(directory);
    });
    describe('its workflow', () => {
      workflowContract(directory);
    });
  });
}
