package dev.furrow.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.furrow.FurrowException;
import dev.furrow.config.Environment;
import dev.furrow.config.NodeSettings;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** How command lines are understood, and with what they end. */
final class CliTest {

  private static final NodeProgram NONE = config -> {};

  private static NodeSettings node(String... args) {
    AtomicReference<Config> given = new AtomicReference<>();
    Run run = Run.of(given::set, args);
    assertThat(run).isEqualTo(new Run(0, "", ""));
    return NodeSettings.from(given.get());
  }

  @Test
  void shouldStartANodeOfAClusterWithoutAnyArguments() {
    assertThat(node().profile()).isEqualTo("cluster");
    assertThat(node("node").profile()).isEqualTo("cluster");
  }

  @Test
  void shouldTakeSettingsFromFlags() {
    NodeSettings settings =
        node(
            "node",
            "--cluster=field",
            "--seed=10.0.0.1:7355",
            "--seed=10.0.0.2:7355",
            "--host=10.0.0.3",
            "--port=7355",
            "--link-port=7356",
            "--http-port=7080",
            "--slots=3",
            "--role=gpu",
            "--role=big",
            "--resource=gpu=2",
            "--resource",
            "fpga=1",
            "--set=furrow.node.drain-timeout=7s",
            "--set=furrow.tasks.allow=com.acme.*,org.acme.*");
    assertThat(settings.cluster().name()).isEqualTo("field");
    assertThat(settings.cluster().seeds()).hasSize(2);
    assertThat(settings.node().host()).isEqualTo("10.0.0.3");
    assertThat(settings.node().port()).isEqualTo(7355);
    assertThat(settings.link().port()).isEqualTo(7356);
    assertThat(settings.http().port()).hasValue(7080);
    assertThat(settings.node().slots()).isEqualTo(3);
    assertThat(settings.node().roles()).containsExactly("gpu", "big");
    assertThat(settings.node().resources()).containsEntry("gpu", 2L).containsEntry("fpga", 1L);
    assertThat(settings.node().drainTimeout()).hasSeconds(7);
    assertThat(settings.tasks().allow()).containsExactly("com.acme.*", "org.acme.*");
    assertThat(node("node", "--profile=kubernetes").profile()).isEqualTo("kubernetes");
    assertThat(node("node", "--http-port=off").http().port()).isEmpty();
  }

  @Test
  void shouldLetFlagsWinOverSystemProperties() {
    System.setProperty("furrow.node.slots", "5");
    try {
      assertThat(node("node").node().slots()).isEqualTo(5);
      assertThat(node("node", "--slots=6").node().slots()).isEqualTo(6);
    } finally {
      System.clearProperty("furrow.node.slots");
    }
  }

  @Test
  void shouldTellOfEachFlagItsSettingAndVariable() {
    Pattern told = Pattern.compile("Setting (furrow[a-z.-]+), variable (FURROW[A-Z_]+)");
    CommandLine node = Cli.commandLine("1", NONE).getSubcommands().get("node");
    int flags = 0;
    for (OptionSpec option : node.getCommandSpec().options()) {
      Matcher text = told.matcher(String.join(" ", option.description()));
      if (text.find()) {
        flags++;
        assertThat(text.group(2)).isEqualTo(Environment.variable(text.group(1)));
        String value = option.longestName().equals("--resource") ? "gpu=1" : "x";
        String twice = "--set=" + text.group(1) + "=1";
        assertThat(Run.of(NONE, "node", option.longestName() + "=" + value, twice).err())
            .containsAnyOf(text.group(1) + " is given by a flag", "--profile must be");
      }
    }
    assertThat(flags).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "harvest",
        "node 7",
        "node --slots",
        "node --set=furrow.node.slots",
        "node --profile=local",
        "node --slots=1 --set=furrow.node.slots=2",
        "nodes --url=ftp://127.0.0.1",
        "nodes --url=http://127.0.0.1/?a",
        "nodes --url=:",
        "nodes -o yaml",
        "drain",
        "drain 127.0.0.1",
        "drain 127.0.0.1:1 --timeout=-3s",
        "drain 127.0.0.1:1 --timeout=soon",
        "certs",
        "certs init --days=0"
      })
  void shouldEndWithTwoAndOneLineWhenMisused(String line) {
    Run run = Run.of(NONE, line.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("furrow: ")
        .contains("--help");
  }

  @Test
  void shouldSayInOneLineWhyANodeCannotStart() {
    Run unknown = Run.of(NONE, "node", "--set=furrow.node.slot=1");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err().lines())
        .singleElement()
        .asString()
        .startsWith("furrow: unknown setting furrow.node.slot: did you mean");
    NodeProgram failing =
        config -> {
          throw new FurrowException("no seed\nanswers");
        };
    assertThat(Run.of(failing, "node")).isEqualTo(new Run(1, "", "furrow: no seed answers\n"));
  }

  @Test
  void shouldPrintWhereSomethingWasThrownOnlyWhenAsked() {
    NodeProgram broken =
        config -> {
          throw new IllegalStateException("odd");
        };
    assertThat(Run.of(broken, "node").err()).contains("odd").doesNotContain("\tat ");
    assertThat(Run.of(broken, "node", "--verbose").err()).contains("\tat ");
    assertThat(Run.of(broken, "--verbose", "node").err()).contains("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "node", "nodes", "drain", "certs", "certs init", "doctor"})
  void shouldExplainEachCommandWithItsExitCodes(String command) {
    Run run = Run.of((command + " --help").strip().split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Usage: furrow " + command);
    assertThat(run.out().lines())
        .containsAll(
            Arrays.stream(ExitCode.values())
                .map(code -> "  " + code.code() + "   " + code.meaning())
                .toList());
  }

  @Test
  void shouldPrintItsVersion() {
    assertThat(Run.of("--version")).isEqualTo(new Run(0, "furrow 1.2.3\n", ""));
  }

  @Test
  void shouldNotLetOthersWordsSteerTheTerminal() {
    assertThat(Output.line(" a\n b\u001b[31m\u009bc ")).isEqualTo("a b?[31m?c");
  }
}
