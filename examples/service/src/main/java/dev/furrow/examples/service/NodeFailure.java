package dev.furrow.examples.service;

import dev.furrow.FurrowException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a node could not start, in its own words and without the stack traces around them. */
final class NodeFailure extends AbstractFailureAnalyzer<FurrowException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, FurrowException cause) {
    return new FailureAnalysis(cause.getMessage(), null, failure);
  }
}
