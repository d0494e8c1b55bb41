/**
 * Weights of the tempo features, in their order: a conditional logit fitted to the beat among its metrical relatives on
 * two thirds of the music, 45 songs of a free game and generated tracks of nine seeds, all with known tempo (ridge 0.3;
 * a generated track counts 0.3, because their patterns return). Then divided by 1.4, so that in ten-fold cross-validation
 * what is called sure (0.8 and more) is right as often as it says. docs/measures.md shows what was left out of the fit.
 */
export const TEMPO_WEIGHTS = [
  -0.918271, 0.98506, 0.897651, 0.919008, 1.00313, 0.690225, 0.966009, -0.113236, 0.951622, -1.32858,
  0.490974, 0.318243, 0.550352, 0.0280772, -0.385521, 0.106308, 0.801667, 0.132755, 0.325317, 0.385171,
  -0.645833, -0.0806007, -0.305984, 0.699835, -1.14253, 0.0311542, 0.0671371, -0.236454, 0.122156, 0.175724,
  0.939799, -0.454208, 0.406668, 0.214027, 0.655332, -0.574638, 0.0843485, -0.251689, 0.317693, 0.330185,
  0.955626, -0.0390399, -0.666934, 0.52429, 0.516108, 0.95758, 0.36991, -0.706457, 0.115351, 0.679576,
  -0.0653049, -0.166351, 0.312863, -0.531693, 0.32046, 2.11634, 0.127708, -0.357028, 0.0433941, 0.471592,
  1.39442, -0.373313, -0.361955, 0.710812, 0.185463, 1.11046, 0.440871, 0.57575, -0.659147, 0.642995,
] as const
