import fc from "fast-check";

/**
 * Random tests that name no number of runs of their own make half as many for each of the mutants, and always the same
 * ones: a mutant that survives today must not be killed by luck tomorrow.
 */
fc.configureGlobal({ numRuns: 50, seed: 20_261_123 });
