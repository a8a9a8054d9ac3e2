package dev.furrow.node.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers what is no request. Neither says nor logs what came: there may be a token in it. Found by
 * its class name, as the settings of Pekko HTTP want it: its one instance is where Scala has it.
 */
final class MalformedRequests extends ParsingErrorHandler {

  static final MalformedRequests MODULE$ = new MalformedRequests();

  private MalformedRequests() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    return Answers.error(
        status.intValue(),
        "this is not a request that can be answered (" + status.reason() + "): correct its form");
  }
}
