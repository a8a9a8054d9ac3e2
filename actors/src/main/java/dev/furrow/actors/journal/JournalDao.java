package dev.furrow.actors.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.scaladsl.Source;
import scala.Option;
import scala.Tuple2;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;
import scala.util.Try;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;

/**
 * Reads events page by page, whatever numbers are missing. The plugin's own reading takes a page
 * with a gap for the last one (apache/pekko-persistence-jdbc, issue 516).
 */
public final class JournalDao extends DefaultJournalDao {

  private final Materializer materializer;

  /** As the plugin makes it. */
  public JournalDao(
      JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.materializer = materializer;
  }

  @Override
  public Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed> messagesWithBatch(
      String id, long from, long to, int batch, Option<Tuple2<FiniteDuration, Scheduler>> refresh) {
    return org.apache.pekko.stream.javadsl.Source
        .<Long, List<Try<Tuple2<PersistentRepr, Object>>>>unfoldAsync(
            from, next -> page(id, next, to, batch))
        .mapConcat(page -> page)
        .asScala();
  }

  private CompletionStage<Optional<Pair<Long, List<Try<Tuple2<PersistentRepr, Object>>>>>> page(
      String id, long from, long to, int batch) {
    return messages(id, from, to, batch)
        .asJava()
        .runWith(Sink.seq(), materializer)
        .thenApply(
            page ->
                page.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Pair.create(after(page.get(page.size() - 1), to), page)));
  }

  /** Where the next page begins; a row that cannot be read fails the reading anyway. */
  private static long after(Try<Tuple2<PersistentRepr, Object>> last, long to) {
    return last.isSuccess() ? last.get()._1().sequenceNr() + 1 : to + 1;
  }
}
