package dev.furrow.node.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.furrow.ClusterView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What is answered, as JSON or text. */
final class Answers {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ContentType PROMETHEUS =
      ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

  private Answers() {}

  private record Fault(String error) {}

  /** A member; its uid is a text, since many readers of JSON have no whole numbers so large. */
  private record Member(
      String name,
      String uid,
      boolean self,
      int slots,
      Map<String, Long> resources,
      List<String> roles,
      ClusterView.State state) {

    static Member of(ClusterView.Node node) {
      return new Member(
          node.name(),
          Long.toString(node.uid()),
          node.self(),
          node.slots(),
          node.resources(),
          node.roles(),
          node.state());
    }
  }

  private record Partition(
      String state, int index, String node, double callsPerSecond, long entries, long bytes) {

    static Partition of(ClusterView.Partition one) {
      return new Partition(
          one.state(), one.index(), one.node(), one.callsPerSecond(), one.entries(), one.bytes());
    }
  }

  private record Cluster(
      String cluster,
      String node,
      String version,
      List<Member> nodes,
      List<Partition> hotPartitions) {}

  private record Leaving(String node, String told) {}

  static HttpResponse cluster(HttpNode node) {
    ClusterView view = node.view();
    return json(
        200,
        new Cluster(
            node.clusterName(),
            node.name(),
            node.version(),
            view.nodes().stream().map(Member::of).toList(),
            view.hotPartitions().stream().map(Partition::of).toList()));
  }

  static HttpResponse leaving(String node) {
    return json(202, new Leaving(node, "to finish or hand back what it has, and leave"));
  }

  static HttpResponse metrics(String text) {
    return response(200, PROMETHEUS, text);
  }

  static HttpResponse yesOrNo(boolean yes) {
    return response(yes ? 200 : 503, ContentTypes.TEXT_PLAIN_UTF8, yes ? "yes" : "no");
  }

  /** What happened, the value at fault, and what to do. */
  static HttpResponse error(int status, String text) {
    return json(status, new Fault(text));
  }

  private static HttpResponse json(int status, Object body) {
    try {
      return response(status, ContentTypes.APPLICATION_JSON, JSON.writeValueAsString(body));
    } catch (JsonProcessingException defect) {
      throw new IllegalStateException("an answer that cannot be written", defect);
    }
  }

  private static HttpResponse response(int status, ContentType type, String body) {
    return HttpResponse.create()
        .withStatus(status)
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
        .withEntity(type, body.getBytes(StandardCharsets.UTF_8));
  }
}
