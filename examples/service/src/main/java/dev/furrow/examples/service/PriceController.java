package dev.furrow.examples.service;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;

/** {@code GET /price}: prices an option on the cores of all instances. No thread waits for it. */
@RestController
class PriceController {

  private static final long MOST_PATHS = 10_000_000;

  private final Furrow furrow;
  private final Semaphore free;
  private final Duration longest;

  PriceController(
      Furrow furrow,
      @Value("${pricing.at-once}") int atOnce,
      @Value("${pricing.longest}") Duration longest) {
    this.furrow = furrow;
    this.free = new Semaphore(atOnce);
    this.longest = longest;
  }

  @GetMapping("/price")
  DeferredResult<Price> price(
      @RequestParam(defaultValue = "100") double spot,
      @RequestParam(defaultValue = "100") double strike,
      @RequestParam(defaultValue = "0.03") double rate,
      @RequestParam(defaultValue = "0.2") double volatility,
      @RequestParam(defaultValue = "252") int days,
      @RequestParam(defaultValue = "100000") long paths,
      @RequestParam(defaultValue = "1") long seed) {
    AsianCall option = new AsianCall(spot, strike, rate, volatility, days);
    AsianCall.require("paths", paths, paths >= 1 && paths <= MOST_PATHS, "from 1 to " + MOST_PATHS);
    Job<Moments> job = submit(option, paths, seed);
    DeferredResult<Price> answer = new DeferredResult<>(longest.toMillis());
    answer.onTimeout(
        () -> {
          job.cancel();
          answer.setErrorResult(
              new ResponseStatusException(
                  HttpStatus.GATEWAY_TIMEOUT,
                  "no price within " + longest.toSeconds() + " s: ask for fewer paths"));
        });
    job.completion()
        .whenComplete(
            (report, lost) -> {
              free.release();
              try {
                answer.setResult(Price.of(job.join(), report));
              } catch (RuntimeException failed) {
                answer.setErrorResult(failed);
              }
            });
    return answer;
  }

  /** As many at once as the service is told to; whoever comes then should come again. */
  private Job<Moments> submit(AsianCall option, long paths, long seed) {
    if (!free.tryAcquire()) {
      ErrorResponseException full =
          new ErrorResponseException(
              HttpStatus.SERVICE_UNAVAILABLE,
              ProblemDetail.forStatusAndDetail(
                  HttpStatus.SERVICE_UNAVAILABLE, "too many requests at once: ask again"),
              null);
      full.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
      throw full;
    }
    try {
      return furrow.submitAll(
          JobOptions.named("price").failFast(), Paths.share(option, paths, seed));
    } catch (RuntimeException refused) {
      free.release();
      throw refused;
    }
  }

  @ExceptionHandler
  ProblemDetail wrong(AsianCall.OutOfBoundsException argument) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, argument.getMessage());
  }
}
