import { describe } from 'vitest';

import { configContract } from './config-command.ts';
import { guardedHealthContract } from './guarded-health-contract.ts';
import { healthContract } from './health-contract.ts';
import { imageContract } from './image-contract.ts';
import { importAgainContract } from './import-again-contract.ts';
import { importContract } from './import-contract.ts';
import { jobContract } from './job-contract.ts';
import { ordersContract } from './orders-contract.ts';
import { refusalContract } from './refusal-contract.ts';
import { startContract } from './start-contract.ts';
import { stopContract } from './stop-contract.ts';
import type { Target } from './target.ts';
import { verifyContract } from './verify-contract.ts';
import { workflowContract } from './workflow-contract.ts';

/** Everything that every service promises, whatever it is written in. */
export function contract({ name, directory, serves }: Target): void {
  describe(`the contract, kept by ${name}`, () => {
    describe('orders', () => {
      ordersContract(directory);
    });
    describe('refusals', () => {
      refusalContract(directory);
    });
    describe('health', () => {
      healthContract(directory, serves);
    });
    describe.runIf(serves === 'all of health/1')('metrics and status page', () => {
      guardedHealthContract(directory);
    });
    describe('stopping', () => {
      stopContract(directory, serves);
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
    describe('its image', () => {
      imageContract(directory);
    });
    describe('its workflow', () => {
      workflowContract(directory);
    });
  });
}
