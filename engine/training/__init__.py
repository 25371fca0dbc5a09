"""Training: from images and labels to the best weights.

A `TrainingSetup` (`setup`) goes into `trainer.train`, which loops over epochs: a `sampler` draws windows from
the blocks of `splitting`, a `dataset` reads them, a `learner` steps, and a `validator` measures.
Networks without steps go into `fit_once.fit` instead.
"""
