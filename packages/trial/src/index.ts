export { type Count, type OperationTrial, type TrialOptions, tryContract } from './trial.ts';
