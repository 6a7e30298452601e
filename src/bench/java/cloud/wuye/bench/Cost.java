package cloud.wuye.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a process and all below it have used, from /proc: children that have ended included. */
final class Cost {
    private static final double TICKS = 100;

    private Cost() {}

    /** Seconds of CPU, user and system. */
    static double cpuSeconds(long root) {
        Map<Long, Long> parents = new HashMap<>();
        Map<Long, Long> ticks = new HashMap<>();
        for (long pid : pids()) {
            String stat = read(Path.of("/proc/" + pid + "/stat"));
            if (!stat.isEmpty()) {
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                parents.put(pid, Long.valueOf(fields[1]));
                long own = 0;
                for (int i = 11; i <= 14; i++) {
                    own += Long.parseLong(fields[i]);
                }
                ticks.put(pid, own);
            }
        }
        return parents.keySet().stream()
                        .filter(pid -> isBelow(pid, root, parents))
                        .mapToLong(ticks::get)
                        .sum()
                / TICKS;
    }

    /** Resident megabytes of one process. */
    static double residentMb(long pid) {
        return read(Path.of("/proc/" + pid + "/status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    private static boolean isBelow(long pid, long root, Map<Long, Long> parents) {
        Long at = pid;
        while (at != null && at > 1) {
            if (at == root) {
                return true;
            }
            at = parents.get(at);
        }
        return false;
    }

    private static List<Long> pids() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            List<Long> pids = new ArrayList<>();
            all.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .forEach(name -> pids.add(Long.valueOf(name)));
            return pids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the process has ended. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
