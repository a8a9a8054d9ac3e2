package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.job.OutcomeRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

  @TempDir Path directory;

  @Test
  void shouldKeepInMemoryUpToItsBoundAndTheRestInAFile() throws Exception {
    List<Object> owners = new ArrayList<>();
    List<Vault.Kept> kept = new ArrayList<>();
    try (Vault vault = new Vault(3000, directory)) {
      for (int i = 0; i < 10; i++) {
        Object owner = new Object();
        owners.add(owner);
        kept.add(keep(vault, outcome(i, 1000), owner));
      }
      assertThat(vault.spilled()).isEqualTo(7);
      for (int i = 0; i < 10; i++) {
        OutcomeRecord taken = kept.get(i).take();
        assertThat(taken.task()).isEqualTo(i);
        assertThat(taken.body()).hasSize(1000).containsOnly(i);
      }
      assertThat(vault.spilled()).isZero();
      assertThat(owners).hasSize(10);
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void shouldMakeRoomWhenAResultIsTaken() {
    Object owner = new Object();
    try (Vault vault = new Vault(1500, directory)) {
      keep(vault, outcome(1, 1000), owner).take();
      keep(vault, outcome(2, 1000), owner).take();
      assertThat(vault.spilled()).isZero();
    }
  }

  private static Vault.Kept keep(Vault vault, OutcomeRecord outcome, Object owner) {
    Vault.Kept kept = vault.keep(outcome, owner);
    return kept != null ? kept : vault.spill(outcome, owner);
  }

  private static OutcomeRecord outcome(int task, int size) {
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) task);
    return new OutcomeRecord(task, "Type", OutcomeRecord.Kind.SUCCEEDED, body, 1, 0);
  }
}
