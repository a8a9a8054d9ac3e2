package dev.furrow.actors.wire;

import dev.furrow.actors.wire.ReplicaMessage.Append;
import dev.furrow.actors.wire.ReplicaMessage.Discard;
import dev.furrow.actors.wire.ReplicaMessage.Done;
import dev.furrow.actors.wire.ReplicaMessage.Install;
import dev.furrow.actors.wire.ReplicaMessage.Prepare;
import dev.furrow.actors.wire.ReplicaMessage.Prepared;
import dev.furrow.actors.wire.ReplicaMessage.Propose;
import dev.furrow.actors.wire.ReplicaMessage.Pull;
import dev.furrow.actors.wire.ReplicaMessage.Pulled;
import dev.furrow.actors.wire.ReplicaMessage.Step;
import dev.furrow.actors.wire.ReplicaMessage.Superseded;
import java.util.List;

/** How each record between the owner of a partition and its copies is written and read. */
final class ReplicaRecords {

  static final List<WireKind<? extends WireMessage>> KINDS =
      List.of(
          new WireKind<>(
              "Prepare",
              Prepare.class,
              (prepare, out) -> begin(out, 2, prepare),
              in -> new Prepare(in.partition(), in.integer("view"))),
          new WireKind<>(
              "Propose",
              Propose.class,
              (propose, out) -> begin(out, 3, propose).nodes("copies", propose.copies()),
              in -> new Propose(in.partition(), in.integer("view"), in.nodes("copies"))),
          new WireKind<>(
              "Pull",
              Pull.class,
              (pull, out) -> begin(out, 3, pull).integer("piece", pull.piece()),
              in -> new Pull(in.partition(), in.integer("view"), in.amount("piece"))),
          new WireKind<>(
              "Install",
              Install.class,
              (install, out) ->
                  begin(out, 8, install)
                      .nodes("copies", install.copies())
                      .integer("base", install.base())
                      .integer("position", install.position())
                      .integer("piece", install.piece())
                      .integer("pieces", install.pieces())
                      .bodies("body", List.of(install.body())),
              in ->
                  new Install(
                      in.partition(),
                      in.integer("view"),
                      in.nodes("copies"),
                      in.integer("base"),
                      in.integer("position"),
                      in.amount("piece"),
                      in.amount("pieces"),
                      in.only("body"))),
          new WireKind<>(
              "Append",
              Append.class,
              (append, out) ->
                  begin(out, 4, append)
                      .integer("position", append.position())
                      .bodies("body", List.of(append.body())),
              in ->
                  new Append(
                      in.partition(), in.integer("view"), in.integer("position"), in.only("body"))),
          new WireKind<>(
              "Discard",
              Discard.class,
              (discard, out) -> begin(out, 2, discard),
              in -> new Discard(in.partition(), in.integer("view"))),
          new WireKind<>(
              "Prepared",
              Prepared.class,
              (prepared, out) ->
                  begin(out, 7, prepared)
                      .integer("installed", prepared.installed())
                      .integer("position", prepared.position())
                      .nodes("copies", prepared.copies())
                      .integer("proposed", prepared.proposed())
                      .nodes("proposedCopies", prepared.proposedCopies()),
              in ->
                  new Prepared(
                      in.partition(),
                      in.integer("view"),
                      in.integer("installed"),
                      in.integer("position"),
                      in.nodes("copies"),
                      in.integer("proposed"),
                      in.nodes("proposedCopies"))),
          new WireKind<>(
              "Pulled",
              Pulled.class,
              (pulled, out) ->
                  begin(out, 5, pulled)
                      .integer("piece", pulled.piece())
                      .integer("pieces", pulled.pieces())
                      .bodies("body", List.of(pulled.body())),
              in ->
                  new Pulled(
                      in.partition(),
                      in.integer("view"),
                      in.amount("piece"),
                      in.amount("pieces"),
                      in.only("body"))),
          new WireKind<>(
              "Done",
              Done.class,
              (done, out) ->
                  begin(out, 4, done)
                      .text("step", done.step().name())
                      .integer("number", done.number()),
              in ->
                  new Done(
                      in.partition(),
                      in.integer("view"),
                      in.constant("step", Step.values()),
                      in.integer("number"))),
          new WireKind<>(
              "Superseded",
              Superseded.class,
              (superseded, out) ->
                  begin(out, 3, superseded).integer("promised", superseded.promised()),
              in -> new Superseded(in.partition(), in.integer("view"), in.integer("promised"))));

  private ReplicaRecords() {}

  private static RecordWriter begin(RecordWriter out, int fields, ReplicaMessage message) {
    return out.fields(fields).partition(message.partition()).integer("view", message.view());
  }
}
