package dev.furrow.examples.bench;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.examples.bench.kit.Kept;
import java.io.IOException;
import java.nio.file.Files;

/** What Furrow is told for its state to survive what it is to survive. */
final class FurrowDurability {

  private FurrowDurability() {}

  static Durability of(Kept kept) {
    return switch (kept) {
      case MEMORY -> Durability.MEMORY;
      case REPLICATED -> Durability.REPLICATED;
      case JOURNALED_H2, JOURNALED_POSTGRESQL -> Durability.JOURNALED;
    };
  }

  /** Says where the journal is, if there is one. A PostgreSQL is named by the environment. */
  static void journal(Furrow.Builder builder, Kept kept) throws IOException {
    switch (kept) {
      case MEMORY, REPLICATED -> {}
      case JOURNALED_H2 ->
          builder
              .set("furrow.journal.kind", "h2")
              .set("furrow.journal.h2.directory", Files.createTempDirectory("journal").toString());
      case JOURNALED_POSTGRESQL ->
          builder
              .set("furrow.journal.kind", "postgresql")
              .set(
                  "furrow.journal.postgresql.url",
                  environment("BENCH_POSTGRESQL_URL", "jdbc:postgresql://localhost:5432/furrow"))
              .set("furrow.journal.postgresql.user", environment("BENCH_POSTGRESQL_USER", "furrow"))
              .set(
                  "furrow.journal.postgresql.password",
                  environment("BENCH_POSTGRESQL_PASSWORD", "furrow"));
    }
  }

  private static String environment(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }
}
