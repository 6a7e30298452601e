package cloud.wuye.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that cannot outlive this one: a small shell holds the other end of a pipe to us and ends the child when
 * the pipe closes, which the kernel does for us even after a {@code kill -9}.
 */
final class LeashedProcess {
    // The watcher reads the pipe with a builtin, so that it is one process and goes when the child is gone.
    private static final String LEASH =
            """
            signal=$1; pidfile=$2; shift 2
            exec 3<&0 </dev/null
            "$@" 3<&- &
            child=$!
            echo $child > "$pidfile"
            (
              trap '' INT TERM HUP
              while read -r line <&3; do :; done
              kill -"$signal" $child 2>/dev/null
              n=0
              while [ $n -lt 15 ] && kill -0 $child 2>/dev/null; do sleep 1; n=$((n+1)); done
              kill -KILL $child 2>/dev/null
            ) &
            watcher=$!
            exec 3<&-
            trap "kill -$signal $child 2>/dev/null" INT TERM HUP
            while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
            kill -KILL $watcher 2>/dev/null
            exit ${code:-0}
            """;

    private final Process shell;
    private final Path log;

    private LeashedProcess(Process shell, Path log) {
        this.shell = shell;
        this.log = log;
    }

    /**
     * @param signal how the child is asked to end: INT, TERM
     * @param log gets all output; a pipe that nobody reads would stop the child one day
     * @param pidFile gets the child's id, for {@link #endForgotten}
     */
    static LeashedProcess start(
            List<String> command, Map<String, String> environment, String signal, Path log, Path pidFile) {
        List<String> leashed = new ArrayList<>(List.of("/bin/sh", "-c", LEASH, "leash", signal, pidFile.toString()));
        leashed.addAll(command);
        File output = log.toFile();
        ProcessBuilder builder = new ProcessBuilder(leashed)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .directory(output.getParentFile());
        builder.environment().putAll(environment);
        try {
            return new LeashedProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        }
    }

    /**
     * Ends what is left of an earlier run: after a kill -9 the leash needs some seconds to bring the child down in order.
     *
     * @param mark stands in the child's command line; the id may be another program's by now
     */
    static void endForgotten(Path pidFile, String mark) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).trim());
            ProcessHandle.of(pid)
                    .filter(process -> commandLine(pid).contains(mark))
                    .ifPresent(forgotten -> {
                        forgotten.destroy();
                        forgotten
                                .onExit()
                                .completeOnTimeout(forgotten, 20, TimeUnit.SECONDS)
                                .join();
                        forgotten.destroyForcibly();
                    });
            Files.deleteIfExists(pidFile);
        } catch (NoSuchFileException nothingLeft) {
            // The usual case.
        } catch (IOException | NumberFormatException e) {
            throw new KitException("cannot read " + pidFile, e);
        }
    }

    // ProcessHandle hides arguments that are long.
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException noProc) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().commandLine())
                    .orElse("");
        }
    }

    /** Waits for the end; the exit code, or -1 when it took too long and was killed. */
    int await(Duration patience) {
        try {
            if (shell.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                return shell.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        return -1;
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    String lastWords() {
        return Folders.tail(log, 15);
    }

    /** Asks the child to end and waits; after the patience is over it is killed. */
    void stop(Duration patience) {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException brokenPipe) {
            kill();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** Ends the child as a power cut would. */
    void kill() {
        List<ProcessHandle> family = shell.descendants().toList();
        family.forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
        family.forEach(member -> member.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> member)
                .join());
    }
}
